package dev.secant.minimize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tools.jackson.databind.json.JsonMapper;

class ResultFilesTest {

    private static MinimizationResult result() {
        String body =
                "{\"objective\": \"beale\", \"solver\": \"lbfgs\", \"compareWith\": \"adam\", \"stop\": {\"maxSteps\": 20}}";
        MinimizationPlan plan = new RequestReader().read(new JsonMapper().readValue(body, MinimizationRequest.class));
        return new Minimizer(Device.cpu(), Methods.classical()).minimize(plan);
    }

    @Test
    void writesALineForEachStepOfEachCurve() {
        MinimizationResult result = result();
        MinimizationItem item = result.items().get(0);
        assertThat(ResultFiles.csv(result).lines())
                .hasSize(1
                        + item.curve().values().size()
                        + item.baseline().values().size())
                .allMatch(line -> line.split(",", -1).length == 8);
    }

    @Test
    void drawsEveryCurve() throws Exception {
        byte[] svg = ResultFiles.svg(result()).getBytes(StandardCharsets.UTF_8);
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    }
}
