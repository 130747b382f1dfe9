package dev.secant.web;

import dev.secant.SecantApplication;
import dev.secant.fit.BodyFitter;
import dev.secant.fit.FakeFitter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole service with a fake fitter, asked over HTTP. */
@SpringBootTest(
        classes = {SecantApplication.class, ApiTest.Fakes.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:api-${random.uuid};DB_CLOSE_ON_EXIT=FALSE"})
abstract class ApiTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    @TestConfiguration(proxyBeanMethods = false)
    static class Fakes {
        @Bean
        @Primary
        BodyFitter fakeFitter() {
            return new FakeFitter();
        }
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpRequest.Builder posting(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = posting(path, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** A request for people whose first keypoints have the given x. */
    static String fit(double... firstX) {
        return "{\"layout\":\"coco_17\",\"image\":{\"width\":640,\"height\":480},\"people\":[%s]}"
                .formatted(IntStream.range(0, firstX.length)
                        .mapToObj(i -> "{\"id\":\"p%d\",\"keypoints\":%s}".formatted(i, keypoints(firstX[i], 0.9)))
                        .collect(Collectors.joining(",")));
    }

    /** Seventeen keypoints. */
    static String keypoints(double firstX, double confidence) {
        return IntStream.range(0, 17)
                .mapToObj(k ->
                        String.format(Locale.ROOT, "[%s,%s,%s]", k == 0 ? firstX : 10.5 * k, 20.25 * k, confidence))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
