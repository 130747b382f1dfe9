package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A process of its own is killed with fits in its queue, and another one takes over. */
@Timeout(180)
class KillAndRestartTest {

    private static final int FITS = 200;

    @TempDir
    private Path home;

    private final List<ServiceProcess> started = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        started.forEach(service -> service.process().destroyForcibly());
    }

    @ParameterizedTest(name = "real fitter: {0}")
    @ValueSource(booleans = {false, true})
    void everyJobEndsSucceededWithOneResult(boolean real) throws Exception {
        String fitter = "-D" + FakeService.REAL_FITTER + "=" + real;
        ServiceProcess first = start(fitter, "-D" + FakeService.BATCHES_BEFORE_HANGING + "=3");
        Map<String, Integer> jobs = new HashMap<>();
        for (int i = 0; i < FITS; i++) {
            JsonNode submitted = first.post(ApiTest.fit(i));
            jobs.put(submitted.at("/job/id").asString(), i);
        }
        first.readUntil("HANGING");
        Map<String, JsonNode> resultsBefore = new HashMap<>();
        for (JsonNode job : first.get("/v1/jobs?state=SUCCEEDED&limit=500").at("/jobs")) {
            String id = job.at("/id").asString();
            resultsBefore.put(id, first.get("/v1/jobs/" + id + "/result"));
        }
        assertThat(resultsBefore).as("some were done").isNotEmpty().hasSizeLessThan(FITS);

        first.process().destroyForcibly().waitFor();
        ServiceProcess second = start(fitter);

        for (Map.Entry<String, Integer> job : jobs.entrySet()) {
            JsonNode result = second.get("/v1/jobs/" + job.getKey() + "/result");
            assertThat(result.at("/job/state").asString()).isEqualTo("SUCCEEDED");
            assertThat(result.at("/people").size()).isEqualTo(1);
            assertThat(result.at("/people/0/body/pose").size()).isEqualTo(24);
            if (!real) {
                assertThat(result.at("/people/0/body/pose/0/0").asInt()).isEqualTo(job.getValue());
            }
            assertThat(result.at("/job/attempt").asInt()).isLessThanOrEqualTo(2);
        }
        resultsBefore.forEach((id, before) -> assertThat(second.get("/v1/jobs/" + id + "/result"))
                .as("done before")
                .isEqualTo(before));
        assertThat(second.get("/v1/jobs?limit=500").at("/jobs").size()).isEqualTo(FITS);
    }

    private ServiceProcess start(String... options) throws IOException {
        return ServiceProcess.start(home, started, List.of(options));
    }
}
