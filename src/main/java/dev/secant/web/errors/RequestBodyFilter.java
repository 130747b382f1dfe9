package dev.secant.web.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.coyote.CloseNowException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what request bodies cost: their size, the time they take to arrive, and how many threads wait for them. So clients that send
 * slowly, by accident or on purpose, never hold all threads of the server.
 *
 * <p>It stands before every other filter, because the rest of a body that somebody refused has to be read as well: a client reads no
 * response before it has sent its request.
 */
public final class RequestBodyFilter extends OncePerRequestFilter {

    /** Of a body that was refused, this much is read so that the client gets to read why. */
    private static final long MOST_SKIPPED = 100_000_000;

    private final Limits limits;
    private final Semaphore uploads;
    private final ProblemWriter problems;

    /**
     * The bounds.
     *
     * @param bytes of a body
     * @param time from the first read of a body to its last
     * @param uploads bodies that may be on their way at a time
     */
    public record Limits(long bytes, Duration time, int uploads) {}

    public RequestBodyFilter(Limits limits, ProblemWriter problems) {
        this.limits = limits;
        this.uploads = new Semaphore(limits.uploads());
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long length = request.getContentLengthLong();
        if (length <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            chain.doFilter(request, response);
            return;
        }
        LimitedBody body = new LimitedBody(request.getInputStream(), limits, uploads);
        try {
            if (length > limits.bytes()) {
                problems.write(
                        ProblemType.REQUEST_TOO_LARGE,
                        RefusedBodyException.tooLarge(limits.bytes()).detail(),
                        request,
                        response);
            } else {
                chain.doFilter(new LimitedRequest(request, body), response);
            }
            // A client that waits for 100 Continue sends nothing more after its response.
            if (!request.isAsyncStarted() && request.getHeader(HttpHeaders.EXPECT) == null) {
                skipRest(body, response);
            }
        } finally {
            body.release();
        }
    }

    private static void skipRest(LimitedBody body, HttpServletResponse response) throws IOException {
        try {
            body.skipRest(MOST_SKIPPED);
        } catch (IOException e) {
            // The server would wait for the rest as long as something comes. The response goes first, to its last
            // chunk.
            try {
                response.getOutputStream().close();
                body.skipWhatIsThere();
            } catch (IOException closed) {
                e.addSuppressed(closed);
            }
            throw new CloseNowException("The rest of a request body did not come.", e);
        }
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {

        private final LimitedBody body;

        LimitedRequest(HttpServletRequest request, LimitedBody body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }
    }
}
