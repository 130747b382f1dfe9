package dev.secant.web.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secant.web.ApiTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.context.TestPropertySource;

/** A body has a time to arrive in: silence ends the wait for it, and so does the time itself. */
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

    /** The refusal needs no body, but a client that goes on sending gets no longer than the others. */
    @Test
    void aBodyWithoutAnEndEndsTheConnection() throws Exception {
        String head = HEAD.formatted("/v1/fits").replace("Content-Length: 100000", "Transfer-Encoding: chunked");
        try (Socket socket = new Socket("localhost", uri("/").getPort())) {
            socket.getOutputStream().write(head.substring(0, head.length() - 1).getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> sendForEver(socket.getOutputStream())).isInstanceOf(SocketException.class);
        }
    }

    private static void sendForEver(OutputStream out) throws IOException {
        while (true) {
            out.write("1\r\n \r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
