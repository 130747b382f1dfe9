package dev.secant.minimize;

import java.util.List;
import java.util.stream.Collectors;

/** A request that can't be run, with everything that is wrong with it. */
public final class InvalidRequestException extends RuntimeException {

    private final transient List<RequestViolation> violations;

    public InvalidRequestException(List<RequestViolation> problems) {
        super(problems.stream()
                .map(violation -> violation.pointer() + ": " + violation.message())
                .collect(Collectors.joining("\n")));
        this.violations = List.copyOf(problems);
    }

    /** What is wrong, in the order of the request. */
    public List<RequestViolation> violations() {
        return violations;
    }
}
