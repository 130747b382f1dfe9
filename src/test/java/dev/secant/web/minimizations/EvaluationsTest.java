package dev.secant.web.minimizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Values of an objective at points. */
class EvaluationsTest extends ApiTest {

    private static final String PATH = "/v1/objectives:evaluate";

    @Test
    void valuesOfAFormulaWithParameters() throws Exception {
        HttpResponse<String> response = post(
                PATH,
                "{\"expression\":\"sum(w * x^2) + 1\",\"parameters\":{\"w\":[1,10]},\"points\":[[0,0],[1,2],[-3,0.5]]}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).at("/values")).extracting(JsonNode::asDouble).containsExactly(1.0, 42.0, 12.5);
    }

    @Test
    void valuesOfTheCatalogueAndOfPointsWithoutOne() throws Exception {
        assertThat(json(post(PATH, "{\"objective\":\"rosenbrock\",\"points\":[[1,1],[-1.2,1]]}"))
                        .at("/values"))
                .extracting(JsonNode::asDouble)
                .containsExactly(0.0, 24.199999999999996);
        assertThat(json(post(PATH, "{\"expression\":\"log(x[1])\",\"points\":[[1],[-1]]}"))
                        .at("/values"))
                .extracting(JsonNode::isNull)
                .containsExactly(false, true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"expression\":\"x[1]\"} | /points | There is no point",
                "{\"expression\":\"x[1]\",\"points\":[]} | /points | There is no point",
                "{\"expression\":\"x[1]\",\"points\":[[1],[1,2]]} | /points/1 | the same number of coordinates",
                "{\"expression\":\"x[1]\",\"points\":[[1],null]} | /points/1 | the same number of coordinates",
                "{\"points\":[[1]]} | | objective",
                "{\"expression\":\"2 x[1]\",\"points\":[[1]]} | /expression | line 1, column 3"
            })
    void whatIsWrongIsNamed(String body, String pointer, String detail) throws Exception {
        HttpResponse<String> response = post(PATH, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(json(response).at("/errors/0/detail").asString()).contains(detail);
        if (pointer != null) {
            assertThat(json(response).at("/errors/0/pointer").asString()).isEqualTo(pointer);
        }
    }

    @Test
    void placesInAFormulaAreNumbersToo() throws Exception {
        JsonNode error = json(post(PATH, "{\"expression\":\"x[1] +\\n 2 x[1]\",\"points\":[[1]]}"))
                .at("/errors/0");

        assertThat(error.at("/line").asInt()).isEqualTo(2);
        assertThat(error.at("/column").asInt()).isEqualTo(4);
    }

    @Test
    void tooMuchIsRefused() throws Exception {
        String point = "[" + IntStream.range(0, 1000).mapToObj(i -> "1").collect(Collectors.joining(",")) + "]";
        String[] points = new String[101];
        Arrays.fill(points, point);
        HttpResponse<String> many =
                post(PATH, "{\"expression\":\"sum(x)\",\"points\":[%s]}".formatted(String.join(",", points)));
        HttpResponse<String> costly = post(
                PATH,
                "{\"expression\":\"sum(outer(x, x))\",\"points\":[%s]}"
                        .formatted(String.join(",", Arrays.copyOf(points, 100))));

        assertThat(many.statusCode()).isEqualTo(422);
        assertThat(json(many).at("/detail").asString()).contains("101000 numbers, but at most 100000");
        assertThat(costly.statusCode()).isEqualTo(422);
        assertThat(json(costly).at("/detail").asString()).contains("Maybe send the points in several");
    }
}
