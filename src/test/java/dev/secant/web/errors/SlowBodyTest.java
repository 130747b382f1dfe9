package dev.secant.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.context.TestPropertySource;

/** A body has a time to arrive in: silence ends the wait for it, and so does a trickle. */
@Timeout(120)
@TestPropertySource(
        properties = {
            "secant.jobs.worker=false",
            "secant.security.mode=keys",
            "server.tomcat.connection-timeout=500ms",
            "secant.web.body-timeout=1s"
        })
class SlowBodyTest extends ApiTest {

    private static final String HEAD =
            "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{";

    @Test
    void silenceEndsTheConnection() throws Exception {
        assertThat(rawRequest(HEAD.formatted("/v1/fits"))).startsWith("HTTP/1.1 401");
    }

    /** The refusal needs no body, but the client gets no longer to send it. */
    @Test
    void aTrickleEndsTheConnection() throws Exception {
        try (Socket socket = new Socket("localhost", uri("/").getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(HEAD.formatted("/v1/fits").getBytes(StandardCharsets.US_ASCII));
            assertThat(trickled(socket)).isLessThan(100_000);
        }
    }

    /** Sends blanks, more slowly than any client does, until the server has closed the connection. */
    private static int trickled(Socket socket) throws IOException, InterruptedException {
        for (int sent = 0; sent < 100_000; sent++) {
            try {
                socket.getOutputStream().write(' ');
            } catch (SocketException e) {
                return sent;
            }
            Thread.sleep(100);
        }
        return 100_000;
    }
}
