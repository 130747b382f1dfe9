package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import tools.jackson.databind.json.JsonMapper;

/** A process of its own is killed with fits in its queue, and another one takes over. */
@Timeout(180)
class KillAndRestartTest {

    private static final int FITS = 200;
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path home;

    private final List<Service> started = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        started.forEach(service -> service.process().destroyForcibly());
    }

    @ParameterizedTest(name = "real fitter: {0}")
    @ValueSource(booleans = {false, true})
    void everyJobEndsSucceededWithOneResult(boolean real) throws Exception {
        String fitter = "-D" + FakeService.REAL_FITTER + "=" + real;
        Service first = start(fitter, "-D" + FakeService.BATCHES_BEFORE_HANGING + "=3");
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
        Service second = start(fitter);

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

    private Service start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsecant.home=" + home,
                "-Dsecant.fit.warm-up=false",
                "-Dserver.port=0"));
        command.addAll(List.of(options));
        command.add(FakeService.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader();
        Service service = new Service(process, output, new ArrayList<>());
        started.add(service);
        String line = service.readUntil("PORT ");
        service.port().add(Integer.parseInt(line.substring("PORT ".length())));
        return service;
    }

    private record Service(Process process, BufferedReader output, List<Integer> port) {

        String readUntil(String start) throws IOException {
            StringBuilder read = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
                read.append(line).append('\n');
            }
            throw new IllegalStateException("The service ended:\n" + read);
        }

        JsonNode post(String body) {
            return send(request("/v1/fits")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        }

        JsonNode get(String path) {
            return send(request(path).header("Prefer", "wait=60"));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://localhost:" + port.get(0) + path));
        }

        private JsonNode send(HttpRequest.Builder request) {
            try {
                HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isLessThan(300);
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
