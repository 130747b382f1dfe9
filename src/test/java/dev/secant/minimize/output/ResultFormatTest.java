package dev.secant.minimize.output;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.secant.body.io.NpzReader;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.MinimizationResult;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.run.Minimizer;
import dev.secant.minimize.run.SolverFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultFormatTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static MinimizationResult result;

    @BeforeAll
    static void minimize() {
        String body =
                """
                {"objective": "beale", "starts": [[1, 1], [3, 0.4]], "solver": "lbfgs", "compareWith": "adam",
                 "stop": {"maxSteps": 20}, "trajectory": {"iterates": true, "every": 5, "cosines": true}}""";
        MinimizationPlan plan = new RequestReader().read(JSON.readValue(body, MinimizationRequest.class));
        result = new Minimizer(Device.cpu(), SolverFactory.classical()).minimize(plan);
    }

    private static int points() {
        return result.items().stream()
                .flatMap(item -> item.curves().stream())
                .mapToInt(curve -> curve.values().size())
                .sum();
    }

    @Test
    void csvHasALineForEachPointOfEachCurve() throws IOException {
        List<String> lines = text(ResultFormat.CSV).lines().toList();
        assertThat(lines).hasSize(1 + points()).allMatch(line -> line.split(",", -1).length == 10);
        assertThat(lines.get(1)).startsWith("0,L-BFGS,false,0,1,");
    }

    @Test
    void ndjsonHasAnObjectForEachPointOfEachCurve() throws IOException {
        List<JsonNode> lines =
                text(ResultFormat.NDJSON).lines().map(JSON::readTree).toList();
        assertThat(lines).hasSize(points());
        assertThat(lines.get(0).at("/value").asDouble())
                .isEqualTo(result.items().get(0).curve().values().get(0));
        assertThat(lines.get(0).at("/x/1").asDouble()).isEqualTo(1);
        assertThat(lines.get(1).has("x")).isFalse();
        assertThat(lines.get(5).at("/x").size()).isEqualTo(2);
    }

    @Test
    void npzHasAllStartsInArrays() throws IOException {
        var arrays = NpzReader.read(new ByteArrayInputStream(bytes(ResultFormat.NPZ)), "result.npz");
        assertThat(arrays.get("x").shape()).containsExactly(2, 2);
        assertThat(arrays.get("baseline_values").shape()).containsExactly(2, 21);
        assertThat(arrays.get("iterates").shape()[2]).isEqualTo(2);
        assertThat(arrays.get("storage").shape()).containsExactly(2);
        double[] values = arrays.get("values").doubles();
        int width = arrays.get("values").shape()[1];
        MinimizationItem.Curve second = result.items().get(1).curve();
        assertThat(values[width]).isEqualTo(second.values().get(0));
        assertThat(values[2 * width - 1]).satisfies(last -> {
            boolean longest = second.values().size() == width;
            assertThat(Double.isNaN(last)).isEqualTo(!longest);
        });
    }

    @Test
    void svgDrawsEveryCurve() throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(bytes(ResultFormat.SVG)));
        int curves = 4;
        int legend = 2;
        assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(curves + legend);
        assertThat(text(ResultFormat.SVG)).contains(">L-BFGS</text>", ">Adam (baseline)</text>");
    }

    private static String text(ResultFormat format) throws IOException {
        return new String(bytes(format), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ResultFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(result, out);
        return out.toByteArray();
    }
}
