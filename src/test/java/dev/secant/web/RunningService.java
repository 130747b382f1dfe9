package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.SecantApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A service that a test starts and stops itself. */
record RunningService(ConfigurableApplicationContext context) implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /**
     * Starts one.
     *
     * @param home where its database is
     * @param more configuration beside the application's own
     * @param arguments of the command line
     */
    static RunningService start(Path home, Class<?>[] more, String... arguments) {
        Class<?>[] sources = Stream.concat(Stream.of(SecantApplication.class), Stream.of(more))
                .toArray(Class<?>[]::new);
        String[] all = Stream.concat(
                        Stream.of("--server.port=0", "--secant.home=" + home, "--secant.fit.warm-up=false"),
                        Stream.of(arguments))
                .toArray(String[]::new);
        return new RunningService(SpringApplication.run(sources, all));
    }

    HttpRequest.Builder request(String path) {
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=60");
    }

    CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return CLIENT.sendAsync(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return ServiceTest.json(response);
    }

    @Override
    public void close() {
        context.close();
    }
}
