package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import dev.secant.body.io.NpzReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The service as it ships, with the frames of a video. */
class SequencesTest extends FittedPeopleTest {

    private static final Path EXAMPLE = Path.of("docs/examples/sequence.json");

    private static String example() throws IOException {
        return Files.readString(EXAMPLE);
    }

    @Test
    void theExampleComesBackAsMotion(@TempDir Path folder) throws Exception {
        JsonNode result = succeeded(post("/v1/sequences", example(), "Prefer", "wait=60"));
        JsonNode sequence = result.at("/sequence");
        int frames = JSON.readTree(example()).at("/frames").size();

        assertThat(result.at("/job/kind").asString()).isEqualTo("SEQUENCE");
        assertThat(result.at("/job/items/total").asInt()).isEqualTo(1);
        assertThat(sequence.at("/betas").size()).isEqualTo(10);
        assertThat(sequence.at("/frames").size()).isEqualTo(frames);
        assertThat(sequence.at("/observed").asInt()).isEqualTo(frames - 3);
        assertThat(sequence.at("/frames/13/observed").asBoolean()).isFalse();
        assertThat(sequence.at("/frames/13").has("reprojectionError")).isFalse();
        for (JsonNode frame : sequence.at("/frames")) {
            assertNumbers(frame.at("/pose"), 24, 3);
            assertThat(frame.at("/translation/2").asDouble()).isBetween(3.0, 5.5);
        }
        assertThat(reprojectionError(sequence)).isLessThan(LARGEST_ERROR);
        assertThat(sequence.at("/provenance/optimizer").asString()).isEqualTo("gauss-newton");

        String job = "/v1/jobs/" + result.at("/job/id").asString();
        Path npz = Files.write(folder.resolve("motion.npz"), download(job + "/params.npz"));
        assertThat(NpzReader.read(npz, name -> true).get("poses", frames, 156).floats())
                .hasSize(156 * frames);
        GltfModel model =
                new GltfModelReader().readWithoutReferences(new ByteArrayInputStream(download(job + "/sequence.glb")));
        assertThat(model.getAnimationModels()).hasSize(1);
        assertThat(new String(download(job + "/sequence.bvh"), StandardCharsets.UTF_8))
                .startsWith("HIERARCHY")
                .contains("Frames: " + frames);
        assertThat(get(job + "/meshes/0.glb").statusCode()).isEqualTo(404);
        assertThat(get(job + "/trajectory").statusCode()).isEqualTo(404);
        assertThat(get("/v1/jobs?kind=SEQUENCE").statusCode()).isEqualTo(200);
        assertThat(json(get(job + "/result")).at("/sequence")).isEqualTo(sequence);
    }

    @Test
    void aFitHasNoSequence() throws Exception {
        JsonNode result = succeeded(post(
                "/v1/fits",
                """
                {"layout": "coco_17", "image": {"width": 100, "height": 100}, "people": [{"keypoints": [%s]}]}"""
                        .formatted("[50, 50, 1],".repeat(16) + "[60, 90, 1]"),
                "Prefer",
                "wait=60"));
        assertThat(get("/v1/jobs/" + result.at("/job/id").asString() + "/sequence.glb")
                        .statusCode())
                .isEqualTo(404);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("\"frameRate\": 15,", "", "/frameRate"),
                Arguments.of("\"frameRate\": 15", "\"frameRate\": 0", "/frameRate"),
                Arguments.of("\"frameRate\": 15", "\"frameRate\": 15, \"smoothness\": 1000", "/smoothness"),
                Arguments.of("\"frameRate\": 15", "\"frameRate\": 15, \"steps\": 101", "/steps"),
                Arguments.of("body_25", "body_26", "/layout"),
                Arguments.of("\"width\": 1280", "\"width\": -1", "/image/width"),
                Arguments.of("{\"keypoints\": null}", "null", "/frames/12"),
                Arguments.of("{\"keypoints\": null}", "{\"keypoints\": [[1, 2, 3]]}", "/frames/12/keypoints"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsPointedAt(String part, String by, String pointer) throws Exception {
        HttpResponse<String> response = post(
                "/v1/sequences",
                example()
                        .replaceFirst(
                                java.util.regex.Pattern.quote(part), java.util.regex.Matcher.quoteReplacement(by)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        List<String> pointers = StreamSupport.stream(
                        json(response).at("/errors").spliterator(), false)
                .map(error -> error.at("/pointer").asString())
                .toList();
        assertThat(pointers).as(response.body()).contains(pointer);
    }

    @Test
    void anEmptySequenceAndOneOfNobodyAreRefused() throws Exception {
        String request =
                """
                {"layout": "coco_17", "image": {"width": 100, "height": 100}, "frameRate": 30, "frames": %s}""";
        for (String frames : List.of(
                "[]",
                "[{\"keypoints\": null}]",
                "[{\"keypoints\": [%s]}]".formatted("[0, 0, 0],".repeat(16) + "[0, 0, 0]"))) {
            assertThat(post("/v1/sequences", request.formatted(frames)).statusCode())
                    .as(frames)
                    .isEqualTo(422);
        }
    }
}
