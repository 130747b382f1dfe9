package dev.secant.web.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller is reached: in filters. */
@Component
public class ProblemWriter {

    /** What is said of a request that was refused for its form. */
    static final String REJECTED = "The request has a path, header or parameter of a form that is not accepted.";

    private final JsonMapper json;

    public ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes a problem with the description of its type. */
    public void write(ProblemType type, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(type, type.description(), request, response);
    }

    /** Writes a problem. */
    public void write(ProblemType type, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(type.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            // Its body may not have been read: no further request should use the connection.
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        if (type == ProblemType.SERVICE_BUSY) {
            response.setHeader(HttpHeaders.RETRY_AFTER, ProblemAdvice.RETRY_AFTER);
        }
        json.writeValue(
                response.getOutputStream(), ProblemDetails.of(type, detail, request.getRequestURI(), List.of()));
    }

    /** Answers a request that was refused for its form, whatever it was in particular. */
    public void writeRejected(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(ProblemType.MALFORMED_REQUEST, REJECTED, request, response);
    }
}
