package dev.secant.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Bad input gets a 4xx problem and nothing else. */
class BadRequestsTest extends ApiTest {

    private static final String OPENPOSE = "/v1/fits/openpose?width=640&height=480";

    static Stream<Arguments> badFits() {
        String good = fit(1);
        return Stream.of(
                Arguments.of("empty object", "{}", 422, "/layout"),
                Arguments.of("nobody", good.replaceFirst("\\[\\{\"id.*", "[]}"), 422, "/people"),
                Arguments.of(
                        "no people", "{\"layout\":\"coco_17\",\"image\":{\"width\":1,\"height\":1}}", 422, "/people"),
                Arguments.of("null person", good.replaceFirst("\\[\\{\"id.*", "[null]}"), 422, "/people/0/keypoints"),
                Arguments.of("wrong length", good.replace("[10.5,20.25,0.9],", ""), 422, "/people/0/keypoints"),
                Arguments.of("pair", good.replace("[10.5,20.25,0.9]", "[10.5,20.25]"), 422, "/people/0/keypoints/1"),
                Arguments.of("null keypoint", good.replace("[10.5,20.25,0.9]", "null"), 422, "/people/0/keypoints/1"),
                Arguments.of("NaN token", good.replace("10.5,", "NaN,"), 400, null),
                Arguments.of("NaN text", good.replace("10.5,", "\"NaN\","), 422, "/people/0/keypoints/1/0"),
                Arguments.of("infinite", good.replace("10.5,", "1e999,"), 422, "/people/0/keypoints/1/0"),
                Arguments.of("absurd", good.replace("10.5,", "1e7,"), 422, "/people/0/keypoints/1/0"),
                Arguments.of("number as text", good.replace("640", "\"640\""), 400, "/image/width"),
                Arguments.of("negative size", good.replace("640", "-640"), 422, "/image/width"),
                Arguments.of("zero size", good.replace("480", "0"), 422, "/image/height"),
                Arguments.of("no image", good.replaceFirst("\"image\":\\{[^}]*},", ""), 422, "/image"),
                Arguments.of("unknown layout", good.replace("coco_17", "halpe_136"), 422, "/layout"),
                Arguments.of("unknown field", good.replace("\"image\"", "\"step\":3,\"image\""), 400, "/step"),
                Arguments.of("too many steps", good.replace("\"image\"", "\"steps\":101,\"image\""), 422, "/steps"),
                Arguments.of("fractional steps", good.replace("\"image\"", "\"steps\":1.5,\"image\""), 400, "/steps"),
                Arguments.of(
                        "focal and camera",
                        good.replace("\"image\"", "\"focal\":1,\"camera\":{\"fx\":1},\"image\""),
                        422,
                        "/focal"),
                Arguments.of("negative focal", good.replace("\"image\"", "\"focal\":-1,\"image\""), 422, "/focal"),
                Arguments.of("no fx", good.replace("\"image\"", "\"camera\":{\"fy\":1},\"image\""), 422, "/camera/fx"),
                Arguments.of("array", "[]", 400, null),
                Arguments.of("text", "hello", 400, null),
                Arguments.of("nothing", "", 400, null),
                Arguments.of("null", "null", 400, null),
                Arguments.of("half", good.substring(0, good.length() / 2), 400, null),
                Arguments.of("trailing", good + good, 400, null),
                Arguments.of("deep", "[".repeat(100_000), 400, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFits")
    void fits(String name, String body, int status, String pointer) throws Exception {
        assertProblem(post("/v1/fits", body), status, pointer);
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("{\"people\":[]}", 422, "/people"),
                Arguments.of("{}", 422, "/people"),
                Arguments.of("{\"people\":[{\"pose_keypoints_2d\":[1,2,3]}]}", 422, "/people/0"),
                Arguments.of("{\"people\":[{\"pose_keypoints_2d\":[NaN]}]}", 400, null),
                Arguments.of("{\"people\":[{\"pose_keypoints_2d\":%s}]}".formatted(numbers("1e7")), 422, "/people/0"),
                Arguments.of("not json", 400, null));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void openPoseFiles(String body, int status, String pointer) throws Exception {
        assertProblem(post(OPENPOSE, body), status, pointer);
    }

    static Stream<Arguments> badParameters() {
        return Stream.of(
                Arguments.of("", "width"),
                Arguments.of("?width=640", "height"),
                Arguments.of("?width=-1&height=480", "width"),
                Arguments.of("?width=abc&height=480", "width"),
                Arguments.of("?width=NaN&height=480", "width"),
                Arguments.of("?width=640&height=480&focal=0", "focal"),
                Arguments.of("?width=640&height=480&steps=-1", "steps"),
                Arguments.of("?width=640&height=480&layout=body_24", "layout"));
    }

    @ParameterizedTest
    @MethodSource("badParameters")
    void openPoseParameters(String query, String parameter) throws Exception {
        HttpResponse<String> response =
                post("/v1/fits/openpose" + query, "{\"people\":[{\"pose_keypoints_2d\":%s}]}".formatted(numbers("1")));

        assertProblem(response, 422, null);
        assertThat(json(response).at("/errors/0/parameter").asString()).isEqualTo(parameter);
    }

    @Test
    void aMisspeltParameterIsNotPassedOver() throws Exception {
        HttpResponse<String> response = post(OPENPOSE + "&focus=500", "{}");

        assertProblem(response, 400, null);
        assertThat(json(response).at("/errors/0/parameter").asString()).isEqualTo("focus");
        assertThat(json(response).at("/detail").asString()).isEqualTo("Unknown parameter focus. Maybe you mean focal.");
        assertProblem(get("/v1/jobs?page=2"), 400, null);
        assertProblem(post("/v1/fits?steps=3", fit(1)), 400, null);
    }

    @Test
    void peopleWithoutAVisibleKeypoint() throws Exception {
        HttpResponse<String> response = post("/v1/fits", fit(1).replace("0.9]", "0]"));

        assertProblem(response, 422, null);
        assertThat(json(response).at("/type").asString()).isEqualTo("urn:secant:problem:no-visible-keypoint");
        assertProblem(post(OPENPOSE, "{\"people\":[{\"pose_keypoints_2d\":[]}]}"), 422, null);
    }

    @Test
    void tooManyPeople() throws Exception {
        String people = Collections.nCopies(1001, "{\"keypoints\":[]}").stream().collect(Collectors.joining(","));

        assertProblem(post("/v1/fits", fit(1).replaceFirst("\\[\\{\"id.*", "[" + people + "]}")), 422, "/people");
    }

    @Test
    void aBodyOverTheLimitThatSaysSo() throws Exception {
        assertProblem(post("/v1/fits", " ".repeat(11_000_000)), 413, null);
    }

    @Test
    void aBodyOverTheLimitThatDoesNotSaySo() throws Exception {
        for (String path : List.of("/v1/fits", OPENPOSE)) {
            HttpResponse<String> response = send(HttpRequest.newBuilder(uri(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(BadRequestsTest::elevenMegabytes)));

            assertProblem(response, 413, null);
        }
    }

    private static InputStream elevenMegabytes() {
        return new SequenceInputStream(
                new java.io.ByteArrayInputStream("{".getBytes(StandardCharsets.UTF_8)),
                new java.io.ByteArrayInputStream(" ".repeat(11_000_000).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsNotOurs() throws Exception {
        assertProblem(get("/v1/nothing"), 404, null);
        assertProblem(get("/v1/jobs/17"), 404, null);
        assertProblem(get("/v1/jobs/01a20bd3-135b-73b3-8cbc-d1adb3cd3d6c/result"), 404, null);
        assertProblem(get("/v1/jobs?state=SLEEPING"), 422, null);
        assertProblem(get("/v1/jobs?limit=0"), 422, null);
        assertProblem(get("/v1/jobs?cursor=x"), 422, null);
        assertProblem(get("/v1/fits"), 405, null);
        HttpRequest.Builder text = HttpRequest.newBuilder(uri("/v1/fits"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertProblem(send(text), 415, null);
        assertProblem(send(HttpRequest.newBuilder(uri("/v1/jobs")).header("Accept", "image/png")), 406, null);
        assertProblem(post("/v1/fits", fit(1), "Idempotency-Key", "k".repeat(256)), 422, null);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String pointer) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        assertThat(problem.at("/type").asString()).startsWith("urn:secant:problem:");
        assertThat(problem.at("/title").asString()).isNotBlank();
        assertThat(problem.at("/detail").asString()).isNotBlank().doesNotContain("java.", "dev.secant");
        assertThat(problem.at("/instance").asString()).startsWith("/v1/");
        if (pointer != null) {
            assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        }
    }

    private static String numbers(String number) {
        return Collections.nCopies(75, number).toString();
    }
}
