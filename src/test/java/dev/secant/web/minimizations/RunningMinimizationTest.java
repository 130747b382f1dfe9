package dev.secant.web.minimizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.secant.web.ApiTest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A minimization is watched while it runs, ended, and continued. */
@Timeout(120)
class RunningMinimizationTest extends ApiTest {

    /** Takes a hundred thousand steps if nobody ends it. */
    private static final String ENDLESS =
            """
            {"expression": "sum((x - 3)^2)", "dimension": 20000, "sampling": {"count": 2, "lower": [0], "upper": [1]}, "solver": "adam",
             "solverOptions": {"learningRate": 1e-9}, "stop": {"maxSteps": 100000, "maxEvaluations": 1000000,
             "gradientTolerance": 0}, "certificate": false}""";

    @Test
    void aRunningStartIsWatchedEndedAndContinued() throws Exception {
        String id = json(post("/v1/minimizations", ENDLESS)).at("/job/id").asString();
        String job = "/v1/jobs/" + id;

        JsonNode event = progressEvent(job);
        assertThat(event.at("/progress").asDouble()).isBetween(1e-9, 0.999);
        assertThat(event.at("/items/0/step").asInt()).isPositive();
        assertThat(event.at("/items/0/evaluations").asInt()).isPositive();
        assertThat(event.at("/items/0/value").asDouble()).isBetween(0.0, 9 * 20_000.0);
        assertThat(event.at("/items/0/gradientNorm").asDouble()).isPositive();
        assertThat(json(get(job)).at("/progress").asDouble()).isBetween(1e-9, 0.999);

        // The other may not have begun.
        String running = job + "/trajectory?item=" + event.at("/items/0/item").asInt();
        JsonNode trajectory = json(get(running));
        assertThat(trajectory.at("/complete").asBoolean()).isFalse();
        JsonNode last = trajectory.at("/points").get(trajectory.at("/total").asInt() - 1);
        assertThat(last.at("/step").asInt()).isPositive();
        assertThat(last.at("/value").asDouble()).isBetween(0.0, 9 * 20_000.0);
        assertThat(get(job + "/trajectory?item=2").statusCode()).isEqualTo(404);

        assertThat(post("/v1/minimizations", resume(id, "")).statusCode())
                .as("it runs")
                .isEqualTo(409);
        post(job + "/cancel", "");
        JsonNode ended = json(send(HttpRequest.newBuilder(uri(job + "/result")).header("Prefer", "wait=30")));
        assertThat(ended.at("/job/state").asString()).isEqualTo("CANCELLED");
        assertThat(json(get(running)).at("/complete").asBoolean()).isTrue();

        JsonNode continued = json(post(
                "/v1/minimizations",
                resume(id, ", \"solver\": \"lbfgs\", \"stop\": {\"maxSteps\": 50}"),
                "Prefer",
                "wait=30"));
        assertThat(continued.at("/job/state").asString())
                .as(continued.toString())
                .isEqualTo("SUCCEEDED");
        for (int item = 0; item < 2; item++) {
            JsonNode before = ended.at("/minimization/items/" + item);
            JsonNode after = continued.at("/minimization/items/" + item);
            // A start that was cancelled before its turn came has no result, and begins where it was to begin.
            if (item == event.at("/items/0/item").asInt()
                    || !before.at("/value").isMissingNode()) {
                assertThat(after.at("/curve/values/0").asDouble())
                        .as("it begins where the other ended")
                        .isCloseTo(before.at("/value").asDouble(), withinPercentage(1e-8));
            }
            assertThat(after.at("/value").asDouble()).isLessThan(1e-12);
        }
    }

    @Test
    void whatCannotBeResumedIsPointedAt() throws Exception {
        HttpResponse<String> unknown = post("/v1/minimizations", resume("01a20cc6-2980-7103-a084-5f4a0d92bf6c", ""));
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(json(unknown).at("/errors/0/pointer").asString()).isEqualTo("/resume/job");

        HttpResponse<String> both = post("/v1/minimizations", resume("x", ", \"objective\": \"sphere\""));
        assertThat(both.statusCode()).isEqualTo(422);
        assertThat(json(both).at("/errors/0/pointer").asString()).isEqualTo("/objective");
    }

    private static String resume(String id, String more) {
        return "{\"resume\": {\"job\": \"%s\"}%s}".formatted(id, more);
    }

    /** The first event of a job that tells of a step. */
    private JsonNode progressEvent(String job) throws Exception {
        HttpResponse<java.io.InputStream> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri(job + "/events")).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            boolean progress = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    progress = line.equals("event:progress");
                } else if (progress && line.startsWith("data:")) {
                    JsonNode event = JsonMapper.shared().readTree(line.substring("data:".length()));
                    if (event.at("/items/0/step").asInt() > 0) {
                        return event;
                    }
                }
            }
        }
        throw new IllegalStateException("The stream ended without a progress event.");
    }
}
