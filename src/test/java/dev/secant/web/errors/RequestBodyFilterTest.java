package dev.secant.web.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class RequestBodyFilterTest {

    private final ProblemWriter problems = new ProblemWriter(new JsonMapper());
    private final ClosableResponse response = new ClosableResponse();

    /** A response that says whether it went out to its end. */
    private static final class ClosableResponse extends MockHttpServletResponse {

        private boolean closed;

        @Override
        public ServletOutputStream getOutputStream() {
            return new DelegatingServletOutputStream(super.getOutputStream()) {
                @Override
                public void close() throws IOException {
                    super.close();
                    closed = true;
                }
            };
        }
    }

    private RequestBodyFilter filter(Duration time, int uploads) {
        return new RequestBodyFilter(new RequestBodyFilter.Limits(10, time, uploads), problems);
    }

    private static MockHttpServletRequest request(InputStream body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/fits") {
            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(body);
            }
        };
        request.addHeader("Transfer-Encoding", "chunked");
        return request;
    }

    private static InputStream bytes(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }

    /** A client that sends a byte at a time, for ever. */
    private static InputStream trickle() {
        return new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return 1;
            }
        };
    }

    private static InputStream silence() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketTimeoutException();
            }
        };
    }

    /** Reads a body as a controller does; what it is told. */
    private static FilterChain reading(List<ProblemType> told) {
        return (request, response) -> {
            try {
                request.getInputStream().readAllBytes();
            } catch (RefusedBodyException e) {
                told.add(e.type());
            }
        };
    }

    @Test
    void aBodyWithinTheLimitsPasses() throws Exception {
        List<ProblemType> told = new ArrayList<>();
        filter(Duration.ofHours(1), 1).doFilter(request(bytes(10)), response, reading(told));
        assertThat(told).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsReadToItsEndAfterTheAnswer() throws Exception {
        List<ProblemType> told = new ArrayList<>();
        InputStream body = bytes(1_000_000);
        filter(Duration.ofHours(1), 1).doFilter(request(body), response, reading(told));
        assertThat(told).containsExactly(ProblemType.REQUEST_TOO_LARGE);
        assertThat(body.available()).isZero();
    }

    @Test
    void aTrickleIsEndedAndTheConnectionClosed() {
        List<ProblemType> told = new ArrayList<>();
        RequestBodyFilter filter =
                new RequestBodyFilter(new RequestBodyFilter.Limits(Long.MAX_VALUE, Duration.ZERO, 1), problems);
        assertThatThrownBy(() -> filter.doFilter(request(trickle()), response, reading(told)))
                .isInstanceOf(CloseNowException.class);
        assertThat(told).containsExactly(ProblemType.REQUEST_TIMEOUT);
        assertThat(response.closed).isTrue();
    }

    @Test
    void silenceIsEndedAndTheConnectionClosed() {
        List<ProblemType> told = new ArrayList<>();
        assertThatThrownBy(() -> filter(Duration.ofHours(1), 1).doFilter(request(silence()), response, reading(told)))
                .isInstanceOf(CloseNowException.class);
        assertThat(told).containsExactly(ProblemType.REQUEST_TIMEOUT);
    }

    @Test
    void oneTooManyIsRefusedAndAPlaceIsGivenBack() throws Exception {
        List<ProblemType> inner = new ArrayList<>();
        List<ProblemType> outer = new ArrayList<>();
        RequestBodyFilter filter = filter(Duration.ofHours(1), 1);
        FilterChain duringAnother = (request, response) -> {
            assertThat(request.getInputStream().read()).isZero();
            assertThatThrownBy(() -> again(filter, inner)).isInstanceOf(CloseNowException.class);
            reading(outer).doFilter(request, response);
            // The whole body is here, so its place is free.
            again(filter, outer);
        };
        filter.doFilter(request(bytes(10)), response, duringAnother);
        assertThat(inner).containsExactly(ProblemType.SERVICE_BUSY);
        assertThat(outer).isEmpty();
    }

    private static void again(RequestBodyFilter filter, List<ProblemType> told) throws ServletException, IOException {
        filter.doFilter(request(bytes(10)), new MockHttpServletResponse(), reading(told));
    }

    @Test
    void aRequestWithoutABodyIsNotCounted() throws Exception {
        RequestBodyFilter filter = filter(Duration.ofHours(1), 0);
        List<String> passed = new ArrayList<>();
        filter.doFilter(
                new MockHttpServletRequest("GET", "/v1/jobs"), response, (request, response) -> passed.add("passed"));
        assertThat(passed).containsExactly("passed");
    }
}
