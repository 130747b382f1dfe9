package dev.secant.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.context.TestPropertySource;

/** Clients that send half a request and nothing more never occupy the service. Here requests hold threads, as on JDK 17. */
@Timeout(120)
@TestPropertySource(
        properties = {
            "secant.jobs.worker=false",
            "spring.threads.virtual.enabled=false",
            "server.tomcat.connection-timeout=10m",
            "secant.web.body-timeout=10m"
        })
class SlowClientsTest extends ApiTest {

    private static final int SLOW = 300;
    private static final String HEAD =
            "POST /v1/fits HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    /** None of these bodies ever comes, and nothing ends the wait for them: a thread that they hold is held until the test ends. */
    @Test
    void halfSentRequestsLeaveThreadsForTheOthers() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                slow.add(send(HEAD + "Content-Length: 1000\r\n\r\n{\"layout\":"));
            }
            for (int i = 0; i < SLOW; i++) {
                slow.add(send(HEAD + "Content-Le"));
            }
            // More slow bodies than places: some are refused, which says that the others hold theirs.
            assertThat(answered(slow)).isGreaterThanOrEqualTo(SLOW - 256);

            for (int i = 0; i < 20; i++) {
                assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
                assertThat(get("/v1/jobs").statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = post("/v1/fits", fit(1));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(refused).at("/type").asString()).isEqualTo("urn:secant:problem:service-busy");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        // Their places are free again once the server has noticed.
        HttpResponse<String> accepted = post("/v1/fits", fit(1));
        while (accepted.statusCode() == 503) {
            Thread.onSpinWait();
            accepted = post("/v1/fits", fit(1));
        }
        assertThat(accepted.statusCode()).isEqualTo(202);
    }

    /** How many have been answered, once as many are as must be. */
    private static int answered(List<Socket> sockets) throws IOException {
        int answered = 0;
        while (answered < SLOW - 256) {
            answered = 0;
            for (Socket socket : sockets) {
                answered += socket.getInputStream().available() > 0 ? 1 : 0;
            }
        }
        return answered;
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket("localhost", uri("/").getPort());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
