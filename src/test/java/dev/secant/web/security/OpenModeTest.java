package dev.secant.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** A service as it starts by itself: without authentication, for its own machine. */
class OpenModeTest extends ApiTest {

    @Autowired
    private Environment environment;

    @Test
    void itListensOnLoopback() {
        assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void aKeyIsNotNeededAndDoesNoHarm() throws Exception {
        assertThat(get("/v1/jobs").statusCode()).isEqualTo(200);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/v1/jobs")).header("Authorization", "Bearer anything");
        assertThat(send(request).statusCode()).isEqualTo(200);
        HttpResponse<String> created = post("/v1/fits", fit(1));
        assertThat(json(created).at("/job/owner").isMissingNode()).isTrue();
    }

    /** A page on the web whose name was made to resolve to this machine. */
    @Test
    void otherNamesOfThisMachineAreRefused() throws Exception {
        assertThat(rawRequest("GET /v1/jobs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "urn:secant:problem:malformed-request");
        for (String host : new String[] {"localhost", "127.0.0.1:80", "[::1]:80"}) {
            assertThat(rawRequest("GET /v1/jobs HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host)))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void browsersAreToldToTrustLittle() throws Exception {
        HttpHeaders api = get("/v1/jobs").headers();
        assertThat(api.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(api.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(api.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(api.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(api.firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(api.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'", "sandbox"));
        assertThat(get("/swagger-ui/index.html").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
        assertThat(get("/v1/nothing").headers().firstValue("X-Content-Type-Options"))
                .hasValue("nosniff");
    }

    @Test
    void noOtherOriginIsAllowed() throws Exception {
        HttpResponse<String> refused = send(HttpRequest.newBuilder(uri("/v1/fits"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
}
