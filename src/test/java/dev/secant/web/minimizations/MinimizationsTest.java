package dev.secant.web.minimizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.web.ApiTest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class MinimizationsTest extends ApiTest {

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aFormulaIsMinimizedFromItsStarts() throws Exception {
        HttpResponse<String> response = post(
                "/v1/minimizations",
                "{\"expression\":\"sum((x - 3)^2)\",\"starts\":[[0,0],[5,9]],\"solver\":\"lbfgs\"}",
                "Prefer",
                "wait=60");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.at("/job/kind").asString()).isEqualTo("MINIMIZATION");
        assertThat(body.at("/job/items/succeeded").asInt()).isEqualTo(2);
        assertThat(body.has("people")).isFalse();
        assertThat(body.at("/minimization/value").asDouble()).isCloseTo(0, within(1e-12));
        assertThat(body.at("/minimization/items/1/x/0").asDouble()).isCloseTo(3, within(1e-6));
        assertThat(body.at("/minimization/items/1/provenance/storage").asString())
                .isEqualTo("ARRAYS");
        assertThat(json(get("/v1/jobs/" + body.at("/job/id").asString() + "/result")))
                .isEqualTo(body);
    }

    /** Stored is what a result shows: the catalogue and the language may change after it. */
    @Test
    void aResultIsReadWithoutReadingTheRequestAgain() throws Exception {
        JsonNode done =
                json(post("/v1/minimizations", "{\"objective\":\"beale\",\"solver\":\"lbfgs\"}", "Prefer", "wait=60"));
        String id = done.at("/job/id").asString();
        storedPayload(id, payload -> payload.replace("beale", "a name that is in no catalogue"));

        assertThat(json(get("/v1/jobs/" + id + "/result"))).isEqualTo(done);
        assertThat(get("/v1/jobs/" + id + "/result.csv").statusCode()).isEqualTo(200);
    }

    @Test
    void aResultOfBeforeRequestsHadAVersionIsRead() throws Exception {
        JsonNode done =
                json(post("/v1/minimizations", "{\"objective\":\"beale\",\"solver\":\"lbfgs\"}", "Prefer", "wait=60"));
        String id = done.at("/job/id").asString();
        storedPayload(id, payload -> JSON.readTree(payload).get("request").toString());

        assertThat(json(get("/v1/jobs/" + id + "/result"))).isEqualTo(done);
    }

    private void storedPayload(String id, UnaryOperator<String> change) {
        UUID job = UUID.fromString(id);
        String stored = jdbc.sql("select payload from job_payloads where job_id = :id")
                .param("id", job)
                .query(String.class)
                .single();
        jdbc.sql("update job_payloads set payload = :payload where job_id = :id")
                .param("payload", change.apply(stored))
                .param("id", job)
                .update();
    }

    @Test
    void whatIsWrongIsPointedAt() throws Exception {
        HttpResponse<String> response =
                post("/v1/minimizations", "{\"expression\":\"sum((x - 3)^2\",\"starts\":[[0,0]],\"solver\":\"magic\"}");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).at("/errors").findValuesAsString("pointer")).contains("/expression", "/solver");
    }

    @Test
    void anObjectiveIsTriedWithoutMinimizingIt() throws Exception {
        JsonNode tried =
                json(post("/v1/objectives:validate", "{\"expression\":\"sum((x - 3)^2)\",\"starts\":[[0,0]]}"));

        assertThat(tried.at("/value").asDouble()).isEqualTo(18);
        assertThat(tried.at("/gradientAgrees").asBoolean()).isTrue();
    }

    @Test
    void everyExampleIsValid() throws Exception {
        for (JsonNode example : json(get("/v1/examples")).at("/examples")) {
            if (example.at("/path").asString().equals("/v1/minimizations")) {
                HttpResponse<String> tried =
                        post("/v1/objectives:validate", example.at("/body").toString());
                assertThat(tried.statusCode()).as(tried.body()).isEqualTo(200);
            }
        }
    }

    @Test
    void anUnknownFieldIsRefused() throws Exception {
        assertThat(post("/v1/minimizations", "{\"objectiv\":\"rosenbrock\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void theCatalogueIsListedWithExamples() throws Exception {
        JsonNode objectives = json(get("/v1/objectives")).at("/objectives");

        assertThat(objectives.size()).isGreaterThanOrEqualTo(40);
        assertThat(objectives.findValuesAsString("name")).contains("rosenbrock");
    }

    @Test
    void theWayIsReadInPartsAndAsFiles() throws Exception {
        JsonNode done = json(post(
                "/v1/minimizations",
                "{\"objective\":\"beale\",\"solver\":\"lbfgs\",\"compareWith\":\"adam\",\"stop\":{\"maxSteps\":20},"
                        + "\"trajectory\":{\"iterates\":true,\"every\":2}}",
                "Prefer",
                "wait=60"));
        String path = "/v1/jobs/" + done.at("/job/id").asString();

        JsonNode part = json(get(path + "/trajectory?from=2&every=3&limit=2&baseline=true"));

        assertThat(part.at("/total").asInt()).isEqualTo(21);
        assertThat(part.at("/points").findValuesAsString("step")).containsExactly("2", "5");
        assertThat(part.at("/points/0/x").size()).isEqualTo(2);
        assertThat(part.at("/points/1").has("x")).isFalse();
        assertThat(part.at("/points/0/value")).isEqualTo(done.at("/minimization/items/0/baseline/values/2"));
        assertThat(get(path + "/trajectory?item=1").statusCode()).isEqualTo(404);
        assertThat(get(path + "/trajectory?limit=0").statusCode()).isEqualTo(422);
        assertThat(get(path + "/result.csv").body()).startsWith("start,solver,baseline,step,");
        assertThat(get(path + "/result.svg").headers().firstValue("Content-Type"))
                .contains("image/svg+xml");
        assertThat(get(path + "/result.npz").statusCode()).isEqualTo(200);
        assertThat(get(path + "/result.xls").statusCode()).isEqualTo(404);
    }

    @Test
    void anUnknownCheckpointIsPointedAt() throws Exception {
        HttpResponse<String> response = post(
                "/v1/minimizations",
                "{\"objective\":\"sphere\",\"solver\":\"lsr1\",\"solverOptions\":{\"checkpoint\":\"nobody\"}}");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).at("/errors/0/pointer").asString()).isEqualTo("/solverOptions/checkpoint");
    }
}
