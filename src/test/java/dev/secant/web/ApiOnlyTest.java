package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.SecantApplication;
import dev.secant.tensor.TensorRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A process that only takes requests answers every call without loading the engine. It is one of its own: here the engine is loaded. */
@Timeout(180)
class ApiOnlyTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String MINIMIZATION =
            """
            {"objective": "rosenbrock", "starts": [[-1.2, 1]], "solver": "lsr1", "trajectory": {"iterates": true}}""";

    /** The process: prints its port, and for each line that it reads whether the engine is loaded. */
    public static void main(String[] arguments) throws IOException {
        ConfigurableApplicationContext context = SpringApplication.run(SecantApplication.class, arguments);
        System.out.println("PORT "
                + ((ServletWebServerApplicationContext) context).getWebServer().getPort());
        while (System.in.read() >= 0) {
            System.out.println("LOADED " + TensorRuntime.isLoaded());
        }
        context.close();
    }

    @Test
    void answersEveryCallWithoutTheEngine(@TempDir Path home) throws Exception {
        String fit;
        String minimization;
        try (RunningService worker = RunningService.start(home, new Class<?>[] {ApiTest.Fakes.class})) {
            fit = id(worker.post("/v1/fits", ApiTest.fit(1)).get());
            minimization = id(worker.post("/v1/minimizations", MINIMIZATION).get());
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApiOnlyTest.class.getName(),
                        "--secant.jobs.worker=false",
                        "--secant.home=" + home,
                        "--server.port=0")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader();
                PrintWriter input = new PrintWriter(process.outputWriter(), true)) {
            String base = "http://localhost:" + readAfter(output, "PORT ");
            for (String path : List.of(
                    "/v1/jobs",
                    "/v1/jobs/" + fit + "/result",
                    "/v1/jobs/" + fit + "/meshes/0.glb",
                    "/v1/jobs/" + fit + "/params.npz",
                    "/v1/jobs/" + minimization + "/result",
                    "/v1/jobs/" + minimization + "/result.csv",
                    "/v1/jobs/" + minimization + "/result.npz",
                    "/v1/jobs/" + minimization + "/trajectory",
                    "/v1/checkpoints",
                    "/v1/body-models",
                    "/v1/objectives",
                    "/v1/examples",
                    "/actuator/health/readiness",
                    "/actuator/prometheus")) {
                assertThat(send(base, path, null)).as(path).isEqualTo(200);
            }
            assertThat(send(base, "/v1/fits", ApiTest.fit(2))).isEqualTo(202);
            assertThat(send(base, "/v1/minimizations", MINIMIZATION)).isEqualTo(202);
            assertThat(send(
                            base,
                            "/v1/minimizations",
                            MINIMIZATION.replace(
                                    "\"trajectory",
                                    "\"solverOptions\": {\"checkpoint\": \"quadratic\"}, \"trajectory")))
                    .isEqualTo(202);
            assertThat(send(base, "/v1/objectives:validate", MINIMIZATION)).isEqualTo(200);

            input.println();
            assertThat(readAfter(output, "LOADED ")).isEqualTo("false");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String id(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ServiceTest.json(response).at("/job/id").asString();
    }

    private static int send(String base, String path, @org.jspecify.annotations.Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json");
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String readAfter(BufferedReader output, String start) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
            read.append(line).append('\n');
        }
        throw new IllegalStateException("The process ended:\n" + read);
    }
}
