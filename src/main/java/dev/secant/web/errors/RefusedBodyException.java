package dev.secant.web.errors;

import java.io.IOException;
import java.util.Objects;

/** A request body is not read to its end: it is too large, too slow, or one too many. */
final class RefusedBodyException extends IOException {

    private final transient ProblemType type;

    RefusedBodyException(ProblemType type, String detail) {
        super(detail);
        this.type = type;
    }

    static RefusedBodyException tooLarge(long limit) {
        return new RefusedBodyException(
                ProblemType.REQUEST_TOO_LARGE, "The body exceeds the limit of %d bytes.".formatted(limit));
    }

    static RefusedBodyException tooSlow() {
        return new RefusedBodyException(ProblemType.REQUEST_TIMEOUT, ProblemType.REQUEST_TIMEOUT.description());
    }

    static RefusedBodyException tooMany() {
        return new RefusedBodyException(
                ProblemType.SERVICE_BUSY, "Too many request bodies are on their way. Retry after Retry-After seconds.");
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return Objects.requireNonNull(getMessage());
    }
}
