package dev.secant.web.errors;

import java.util.List;
import java.util.Objects;

/** A request cannot be answered as it was meant. */
public final class ProblemException extends RuntimeException {

    private final ProblemType type;
    private final List<RequestError> errors;

    /** A problem that no single place of the request causes. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** A problem with places. */
    public ProblemException(ProblemType type, String detail, List<RequestError> errors) {
        super(detail);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    /** A request whose values are wrong; the detail is that of the first. */
    public static ProblemException invalid(List<RequestError> errors) {
        RequestError first = errors.get(0);
        String more = errors.size() > 1 ? " (and %d more)".formatted(errors.size() - 1) : "";
        return new ProblemException(ProblemType.INVALID_REQUEST, first.detail() + more, errors);
    }

    /** Its type. */
    public ProblemType type() {
        return type;
    }

    /** What it says. */
    public String detail() {
        return Objects.requireNonNull(getMessage());
    }

    /** The places. */
    public List<RequestError> errors() {
        return errors;
    }
}
