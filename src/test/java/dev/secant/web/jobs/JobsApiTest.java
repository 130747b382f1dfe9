package dev.secant.web.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import de.javagl.jgltf.model.AccessorModel;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import dev.secant.fit.FakeFitter;
import dev.secant.web.ApiTest;
import dev.secant.web.errors.ProblemType;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class JobsApiTest extends ApiTest {

    private static final String[] WAIT = {"Prefer", "wait=30"};

    @Autowired
    private FakeFitter fitter;

    @Test
    void aJobIsFoundAgain() throws Exception {
        HttpResponse<String> response = post("/v1/fits", fit(7));
        String location = response.headers().firstValue("Location").orElseThrow();

        HttpResponse<String> result =
                send(HttpRequest.newBuilder(uri(location + "/result")).header("Prefer", "wait=30"));

        assertThat(json(result).at("/people/0/body/pose/0/0").asInt()).isEqualTo(7);
        JsonNode job = json(get(location));
        assertThat(job.at("/state").asString()).isEqualTo("SUCCEEDED");
        assertThat(job.at("/createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(job.at("/id").asString().charAt(14)).as("version").isEqualTo('7');
    }

    @Test
    void onePoisonedPersonHarmsNobodyElse() throws Exception {
        JsonNode result = json(post("/v1/fits", fit(1, FakeFitter.POISON, 3), WAIT));

        assertThat(result.at("/job/state").asString()).isEqualTo("FAILED");
        assertThat(result.at("/job/error").asString())
                .isEqualTo("Item 1: Internal error during the computation. Details are in the server log.");
        assertThat(result.at("/people/0/outcome").asString()).isEqualTo("SUCCEEDED");
        assertThat(result.at("/people/1/outcome").asString()).isEqualTo("FAILED");
        assertThat(result.at("/people/2/body/pose/0/0").asInt()).isEqualTo(3);
    }

    @Test
    void peopleWithoutKeypointsAreSkipped() throws Exception {
        String skipped = fit(1, 2).replace(keypoints(1, 0.9), keypoints(1, 0));

        JsonNode result = json(post("/v1/fits", skipped, WAIT));

        assertThat(result.at("/job/state").asString()).isEqualTo("SUCCEEDED");
        assertThat(result.at("/job/items/skipped").asInt()).isEqualTo(1);
        assertThat(result.at("/people/0/outcome").asString()).isEqualTo("SKIPPED");
        assertThat(result.at("/people/0").has("body")).isFalse();
        assertThat(result.at("/people/1/outcome").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void undetectedKeypointsHaveNoResidual() throws Exception {
        JsonNode result = json(post("/v1/fits", fit(1).replaceFirst("0\\.9", "0"), WAIT));

        assertThat(result.at("/people/0/body/residuals/0").isNull()).isTrue();
        assertThat(result.at("/people/0/body/residuals/1").asDouble()).isEqualTo(1);
    }

    @Test
    void theTrajectoryIsReadInParts() throws Exception {
        JsonNode job =
                json(post("/v1/fits", fit(4).replace("\"image\"", "\"steps\":10,\"trajectory\":true,\"image\""), WAIT));
        String path = "/v1/jobs/" + job.at("/job/id").asString() + "/trajectory";

        JsonNode part = json(get(path + "?from=2&every=3&limit=2"));

        assertThat(part.at("/total").asInt()).isEqualTo(11);
        assertThat(part.at("/iterates").size()).isEqualTo(2);
        assertThat(part.at("/iterates/0/step").asInt()).isEqualTo(2);
        assertThat(part.at("/iterates/1/step").asInt()).isEqualTo(5);
        assertThat(part.at("/iterates/1/pose").size()).isEqualTo(24);
        assertThat(get(path + "?item=1").statusCode()).isEqualTo(404);
        assertThat(get(path + "?every=0").statusCode()).isEqualTo(422);
    }

    @Test
    void aKeyGivesTheSameJobForTheSameBodyOnly() throws Exception {
        HttpResponse<String> first = post("/v1/fits", fit(21), "Idempotency-Key", "a-key", "Prefer", "wait=30");
        HttpResponse<String> again = post("/v1/fits", fit(21), "Idempotency-Key", "a-key", "Prefer", "wait=30");
        HttpResponse<String> other = post("/v1/fits", fit(22), "Idempotency-Key", "a-key");

        assertThat(json(again).at("/job")).isEqualTo(json(first).at("/job"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).at("/type").asString()).isEqualTo("urn:secant:problem:idempotency-key-reused");
    }

    @Test
    void theListIsReadByCursor() throws Exception {
        for (int i = 0; i < 5; i++) {
            post("/v1/fits", fit(i), WAIT);
        }
        Set<String> ids = new HashSet<>();
        JsonNode page = json(get("/v1/jobs?limit=2&state=SUCCEEDED&kind=FIT"));
        String last = "~";
        for (int pages = 0; pages < 2; pages++) {
            for (JsonNode job : page.at("/jobs")) {
                assertThat(job.at("/id").asString()).as("newest first").isLessThan(last);
                last = job.at("/id").asString();
                ids.add(last);
            }
            page = json(get("/v1/jobs?limit=2&cursor=" + page.at("/next").asString()));
        }
        assertThat(ids).hasSize(4);
    }

    @Test
    void aDeletedJobIsGone() throws Exception {
        String path =
                "/v1/jobs/" + json(post("/v1/fits", fit(1), WAIT)).at("/job/id").asString();

        HttpResponse<String> deleted = send(HttpRequest.newBuilder(uri(path)).DELETE());

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(send(HttpRequest.newBuilder(uri(path)).DELETE()).statusCode())
                .isEqualTo(404);
    }

    @Test
    @Timeout(60)
    void aRunningJobIsCancelledAtItsBestSoFar() throws Exception {
        String path = "/v1/jobs/"
                + json(post("/v1/fits", fit(FakeFitter.ENDLESS))).at("/job/id").asString();
        // A running job may still wait for its batch, and would end without a result.
        fitter.awaitEndless();

        HttpResponse<String> cancelled = post(path + "/cancel", "");

        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(json(cancelled).at("/cancelRequested").asBoolean()).isTrue();
        JsonNode result =
                json(send(HttpRequest.newBuilder(uri(path + "/result")).header("Prefer", "wait=30")));
        assertThat(result.at("/job/state").asString()).isEqualTo("CANCELLED");
        assertThat(result.at("/people/0/outcome").asString()).isEqualTo("CANCELLED");
        assertThat(result.at("/people/0/body/pose/0/0").asDouble()).isEqualTo(FakeFitter.ENDLESS);
        assertThat(result.at("/people/0/quality/termination").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void cancellingWhatHasEndedChangesNothing() throws Exception {
        JsonNode job = json(post("/v1/fits", fit(1), WAIT)).at("/job");

        HttpResponse<String> cancelled = post("/v1/jobs/" + job.at("/id").asString() + "/cancel", "");

        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(json(cancelled)).isEqualTo(job);
    }

    @Test
    void eventsEndWithTheJobAndAreNotRepeated() throws Exception {
        String path = "/v1/jobs/" + json(post("/v1/fits", fit(1))).at("/job/id").asString() + "/events";

        HttpResponse<String> events = get(path);

        assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(events.body()).contains("event:job").contains("\"state\":\"SUCCEEDED\"");
        String lastId = events.body()
                .substring(events.body().lastIndexOf("id:") + 3)
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(send(HttpRequest.newBuilder(uri(path)).header("Last-Event-ID", lastId))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void meshesAreMadeOfTheResult() throws Exception {
        String path =
                "/v1/jobs/" + json(post("/v1/fits", fit(0), WAIT)).at("/job/id").asString() + "/meshes/";
        int vertices = json(get("/v1/body-models")).at("/bodies/0/vertices").asInt();

        HttpResponse<byte[]> glb = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri(path + "0.glb")).build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(glb.headers().firstValue("Content-Type")).hasValue("model/gltf-binary");
        GltfModel model = new GltfModelReader().readWithoutReferences(new ByteArrayInputStream(glb.body()));
        AccessorModel positions = model.getMeshModels()
                .get(0)
                .getMeshPrimitiveModels()
                .get(0)
                .getAttributes()
                .get("POSITION");
        assertThat(positions.getCount()).isEqualTo(vertices);
        // The fake body stands 3 m in front of the camera, feet below it: on glTF's side of the camera.
        assertThat(positions.getMin()[2].floatValue()).isBetween(-3.5f, -2.5f);
        HttpResponse<String> obj = get(path + "0.obj");
        assertThat(obj.headers().firstValue("Content-Type")).hasValue("model/obj");
        assertThat(obj.body().lines().filter(line -> line.startsWith("v "))).hasSize(vertices);
        assertThat(get(path + "0.ply").body()).startsWith("ply");
        // Generated clients ask for the problem's type alone.
        assertThat(send(HttpRequest.newBuilder(uri(path + "0.glb")).header("Accept", "application/problem+json"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(path + "1.glb").statusCode()).isEqualTo(404);
        assertThat(get(path + "0.fbx").statusCode()).isEqualTo(404);
        assertThat(get(path + "x.glb").statusCode()).isEqualTo(422);
    }

    @Test
    void cataloguesListWhatThereIs() throws Exception {
        assertThat(json(get("/v1/checkpoints")).at("/checkpoints").isArray()).isTrue();
        assertThat(json(get("/v1/body-models")).at("/bodies/0/joints").asInt()).isEqualTo(24);
        assertThat(json(get("/v1/keypoint-layouts")).at("/layouts").size()).isEqualTo(4);
        assertThat(json(get("/v1/problem-types")).at("/types").size()).isEqualTo(ProblemType.values().length);
    }

    @Test
    void healthAndMetricsAreServed() throws Exception {
        post("/v1/fits", fit(1), WAIT);
        post("/v1/minimizations", "{\"objective\": \"sphere\"}", WAIT);

        assertThat(json(get("/actuator/health/readiness")).at("/status").asString())
                .isEqualTo("UP");
        assertThat(json(get("/actuator/health/liveness")).at("/status").asString())
                .isEqualTo("UP");
        assertThat(get("/actuator/prometheus").body())
                .contains("secant_jobs{state=\"succeeded\"}")
                .contains("secant_fit_batch_seconds_count")
                .contains("secant_fit_batch_size_bucket{device=\"cpu\",le=\"64.0\"}")
                .contains("secant_fit_ended_total")
                .contains("secant_fit_waiting_age_seconds")
                .contains("secant_minimization_batch_seconds_count{device=\"arrays\"}")
                .contains("secant_minimization_batch_size_bucket")
                .contains("secant_minimization_steps_count")
                .contains("secant_minimization_ended_total{termination=\"converged\"}")
                .contains("secant_minimization_waiting{queue=\"arrays\"}")
                .contains("secant_minimization_waiting_age_seconds{queue=\"devices\"}")
                .contains("secant_minimization_failed_total")
                .contains("secant_device_busy_seconds_total{device=\"cpu\",kind=\"fit\"}")
                .contains("secant_device_in_service{device=\"cpu\"} 1")
                .contains("secant_fit_steps_count")
                .contains("secant_fit_safeguarded_total")
                .contains("secant_fit_waiting");
    }
}
