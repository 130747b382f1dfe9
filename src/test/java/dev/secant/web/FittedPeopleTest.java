package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.javagl.jgltf.model.AccessorModel;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import dev.secant.SecantApplication;
import dev.secant.body.io.BodyModels;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.JsonNode;

/** The service as it ships, and what a fitted person must be. */
@SpringBootTest(
        classes = SecantApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:real-${random.uuid};DB_CLOSE_ON_EXIT=FALSE")
abstract class FittedPeopleTest extends ServiceTest {

    /** Mean residual over the person's size. */
    static final double LARGEST_ERROR = 0.04;

    static final String CAMERAS = "?width=1088&height=1920&focal=1684";

    static double mean(List<Double> errors) {
        return errors.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    void assertPerson(JsonNode result, int item, int keypoints) throws IOException, InterruptedException {
        JsonNode person = result.at("/people/" + item);
        assertThat(person.at("/outcome").asString()).isEqualTo("SUCCEEDED");
        assertBody(person.at("/body"), keypoints);
        assertThat(reprojectionError(person)).as("person %d", item).isLessThan(LARGEST_ERROR);
        assertThat(person.at("/quality/energy").asDouble())
                .isLessThanOrEqualTo(person.at("/quality/initialEnergy").asDouble());
        assertMesh(result.at("/job/id").asString(), item, person.at("/body"));
    }

    static void assertBody(JsonNode body, int keypoints) {
        assertNumbers(body.at("/pose"), 24, 3);
        assertThat(body.at("/betas").size()).isEqualTo(10);
        assertThat(body.at("/translation/2").asDouble()).as("metres away").isPositive();
        assertThat(body.at("/camera/fx").asDouble()).isPositive();
        assertNumbers(body.at("/joints3d"), 24, 3);
        assertNumbers(body.at("/joints2d"), 24, 2);
        assertNumbers(body.at("/keypoints2d"), keypoints, 2);
        assertThat(body.at("/residuals").size()).isEqualTo(keypoints);
    }

    static void assertNumbers(JsonNode rows, int count, int columns) {
        assertThat(rows.size()).isEqualTo(count);
        for (JsonNode row : rows) {
            assertThat(row.size()).isEqualTo(columns);
            row.forEach(number -> assertThat(number.asDouble()).isFinite());
        }
    }

    /** A reader of glTF finds every vertex, and the mesh around the joints of the result. */
    void assertMesh(String job, int item, JsonNode body) throws IOException, InterruptedException {
        GltfModel model = new GltfModelReader()
                .readWithoutReferences(
                        new ByteArrayInputStream(download("/v1/jobs/%s/meshes/%d.glb".formatted(job, item))));
        AccessorModel positions = model.getMeshModels()
                .get(0)
                .getMeshPrimitiveModels()
                .get(0)
                .getAttributes()
                .get("POSITION");
        assertThat(positions.getCount()).isEqualTo(BodyModels.defaultBody().template().length / 3);
        double[] sign = {1, -1, -1};
        for (JsonNode joint : body.at("/joints3d")) {
            for (int axis = 0; axis < 3; axis++) {
                assertThat(sign[axis] * joint.get(axis).asDouble())
                        .isBetween(
                                positions.getMin()[axis].doubleValue() - 1e-3,
                                positions.getMax()[axis].doubleValue() + 1e-3);
            }
        }
    }

    static double reprojectionError(JsonNode person) {
        return person.at("/quality/reprojectionError").asDouble(Double.NaN);
    }

    JsonNode fitFile(Path file, String query) throws IOException, InterruptedException {
        return succeeded(post("/v1/fits/openpose" + query, Files.readString(file), "Prefer", "wait=60"));
    }

    static JsonNode succeeded(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode result = json(response);
        assertThat(result.at("/job/state").asString()).isEqualTo("SUCCEEDED");
        return result;
    }

    static String sample(SamplePerson person, KeypointLayout layout) {
        double[] flat = person.problem(BodyModels.defaultBody(), layout).keypoints();
        List<double[]> keypoints = IntStream.range(0, layout.size())
                .mapToObj(k -> new double[] {flat[3 * k], flat[3 * k + 1], flat[3 * k + 2]})
                .toList();
        return JSON.writeValueAsString(Map.of(
                "layout",
                layout.id(),
                "image",
                Map.of("width", 1920, "height", 1080),
                "people",
                List.of(Map.of("keypoints", keypoints))));
    }
}
