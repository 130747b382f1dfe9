package dev.secant.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.TestPropertySource;

/** Management endpoints on a port of their own, which only operators reach, need no key there; the API does. */
@TestPropertySource(properties = {"secant.jobs.worker=false", "secant.security.mode=keys", "management.server.port=0"})
class ManagementPortTest extends ApiTest {

    @LocalManagementPort
    private int port;

    private int status(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)))
                .statusCode();
    }

    @Test
    void theEndpointsAreThereAndNowhereElse() throws Exception {
        assertThat(status("/actuator/prometheus")).isEqualTo(200);
        assertThat(status("/actuator/health/readiness")).isEqualTo(200);
        assertThat(get("/actuator/prometheus").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(404);
        assertThat(get("/v1/jobs").statusCode()).isEqualTo(401);
        assertThat(status("/v1/jobs")).isIn(401, 404);
    }
}
