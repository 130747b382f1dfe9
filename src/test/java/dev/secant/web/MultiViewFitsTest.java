package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.io.BodyModels;
import dev.secant.body.io.NpzReader;
import dev.secant.fit.views.CalibratedCamera;
import dev.secant.fit.views.MultiViewProblem;
import dev.secant.problems.body.MultiViewSampler;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several calibrated views over HTTP: a body in the world, its mesh and its parameters; what is wrong is said where it is. */
class MultiViewFitsTest extends FittedPeopleTest {

    private static final MultiViewSampler.Person PERSON =
            new MultiViewSampler(BodyModels.defaultBody(), List.of(new float[72])).draw(3, new SplittableRandom(1));

    /** Of one person that three cameras see, and one that nobody sees. */
    private static Map<String, Object> request() {
        List<Object> cameras = new ArrayList<>();
        List<Object> views = new ArrayList<>();
        for (MultiViewProblem.View view : PERSON.problem().views()) {
            CalibratedCamera camera = view.camera();
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("id", camera.id());
            written.put("image", Map.of("width", camera.width(), "height", camera.height()));
            written.put("fx", camera.intrinsics().focalX());
            written.put("distortion", new double[4]);
            written.put("rotation", rows(camera.rotation()));
            written.put("translation", camera.translation());
            cameras.add(written);
            views.add(Map.of("camera", camera.id(), "keypoints", rows(view.keypoints())));
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("layout", "body_25");
        request.put("cameras", cameras);
        request.put(
                "people",
                List.of(
                        Map.of("id", "seen", "views", views),
                        Map.of("views", List.of(Map.of("camera", "camera0", "keypoints", new double[25][3])))));
        return request;
    }

    private static double[][] rows(double[] flat) {
        double[][] rows = new double[flat.length / 3][3];
        for (int i = 0; i < flat.length; i++) {
            rows[i / 3][i % 3] = flat[i];
        }
        return rows;
    }

    private HttpResponse<String> submit(Object request) throws Exception {
        return post("/v1/multi-view-fits", JsonMapper.shared().writeValueAsString(request), "Prefer", "wait=60");
    }

    @Test
    void aBodyInTheWorldWithMeshAndParameters(@TempDir Path folder) throws Exception {
        HttpResponse<String> response = submit(request());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode result = json(response);
        assertThat(result.at("/job/kind").asString()).isEqualTo("MULTI_VIEW_FIT");
        assertThat(result.at("/multiViewPeople/1/outcome").asString()).isEqualTo("SKIPPED");
        JsonNode person = result.at("/multiViewPeople/0");
        assertThat(person.at("/id").asString()).isEqualTo("seen");
        assertThat(person.at("/outcome").asString()).isEqualTo("SUCCEEDED");
        assertNumbers(person.at("/body/pose"), 24, 3);
        assertNumbers(person.at("/body/keypoints3d"), 25, 3);
        assertThat(person.at("/body/up").asString()).isEqualTo("+y");
        assertThat(person.at("/views").size()).isEqualTo(3);
        assertThat(person.at("/views/2/camera").asString()).isEqualTo("camera2");
        assertThat(person.at("/views/2/residuals").size()).isEqualTo(25);
        assertThat(reprojectionError(person)).isLessThan(LARGEST_ERROR);
        double off = 0;
        for (int j = 0; j < 24; j++) {
            for (int axis = 0; axis < 3; axis++) {
                off = Math.max(
                        off,
                        Math.abs(person.at("/body/joints3d/%d/%d".formatted(j, axis))
                                        .asDouble()
                                - PERSON.joints()[3 * j + axis]));
            }
        }
        assertThat(off).as("metres that the worst joint is off").isLessThan(0.2);
        String job = result.at("/job/id").asString();
        assertThat(get("/v1/jobs/" + job + "/meshes/0.obj").statusCode()).isEqualTo(200);
        assertThat(get("/v1/jobs/" + job + "/meshes/1.obj").statusCode()).isEqualTo(404);
        assertThat(get("/v1/jobs/" + job + "/trajectory").statusCode()).isEqualTo(404);
        NpzReader npz = NpzReader.read(
                Files.write(folder.resolve("params.npz"), download("/v1/jobs/" + job + "/params.npz")), name -> true);
        assertThat(npz.get("trans", 1, 3).floats()[1])
                .isCloseTo(person.at("/body/translation/1").floatValue(), within(1e-6f));
        assertThat(npz.get("joints", 1, 24, 3).floats()[5])
                .isCloseTo(person.at("/body/joints3d/1/2").floatValue(), within(1e-6f));
    }

    @Test
    @SuppressWarnings("unchecked") // The request is made above.
    void complaintsPointAtWhatIsWrong() throws Exception {
        Map<String, Object> request = request();
        List<Object> cameras = (List<Object>) request.get("cameras");
        Map<String, Object> first = (Map<String, Object>) cameras.get(0);
        first.put("rotation", new double[][] {{2, 0, 0}, {0, 2, 0}, {0, 0, 2}});
        first.remove("translation");
        Map<String, Object> second = (Map<String, Object>) cameras.get(1);
        second.put("rotationVector", new double[3]);
        second.put("distortion", new double[3]);
        second.put("id", "camera0");
        request.put(
                "people", List.of(Map.of("views", List.of(Map.of("camera", "other", "keypoints", new double[25][3])))));

        HttpResponse<String> response = submit(request);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).findValuesAsString("pointer"))
                .contains(
                        "/cameras/0/rotation",
                        "/cameras/0/translation",
                        "/cameras/1/id",
                        "/cameras/1/rotation",
                        "/cameras/1/distortion",
                        "/people/0/views/0/camera");
    }

    @Test
    void somebodyMustBeSeen() throws Exception {
        Map<String, Object> request = request();
        request.put(
                "people",
                List.of(Map.of("views", List.of(Map.of("camera", "camera1", "keypoints", new double[25][3])))));
        assertThat(submit(request).statusCode()).isEqualTo(422);
        request.remove("cameras");
        assertThat(json(submit(request)).findValuesAsString("pointer")).contains("/cameras");
    }

    @Test
    void aFieldOfViewAndALensAreUsedAndReported() throws Exception {
        Map<String, Object> fit = new LinkedHashMap<>();
        MultiViewProblem.View view = PERSON.problem().views().get(0);
        fit.put("layout", "body_25");
        fit.put("image", Map.of("width", 2000, "height", 2000));
        fit.put("people", List.of(Map.of("keypoints", rows(view.keypoints()))));
        assertThat(camera(fit).at("/source").asString()).isEqualTo("ASSUMED");
        fit.put("fieldOfView", 90);
        JsonNode wide = camera(fit);
        assertThat(wide.at("/source").asString()).isEqualTo("FIELD_OF_VIEW");
        assertThat(wide.at("/fx").asDouble()).isCloseTo(1000 * Math.sqrt(2), within(1e-6));
        assertThat(wide.has("distortion")).isFalse();
        fit.remove("fieldOfView");
        fit.put("camera", Map.of("fx", 1000, "distortion", new double[] {-0.1, 0.01, 0, 0}));
        JsonNode given = camera(fit);
        assertThat(given.at("/source").asString()).isEqualTo("GIVEN");
        assertThat(given.at("/distortion/0").asDouble()).isEqualTo(-0.1);
        fit.put("fieldOfView", 90);
        assertThat(json(post("/v1/fits", JsonMapper.shared().writeValueAsString(fit)))
                        .findValuesAsString("pointer"))
                .contains("/fieldOfView");
    }

    private JsonNode camera(Object fit) throws Exception {
        return succeeded(post("/v1/fits", JsonMapper.shared().writeValueAsString(fit), "Prefer", "wait=60"))
                .at("/people/0/body/camera");
    }
}
