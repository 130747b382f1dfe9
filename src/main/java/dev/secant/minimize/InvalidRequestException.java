package dev.secant.minimize;

import java.util.List;
import java.util.stream.Collectors;

/** A request that can't be run, with everything that is wrong with it. */
public final class InvalidRequestException extends RuntimeException {

    private final transient List<RequestProblem> problems;

    public InvalidRequestException(List<RequestProblem> problems) {
        super(problems.stream()
                .map(problem -> problem.pointer() + ": " + problem.message())
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the request. */
    public List<RequestProblem> problems() {
        return problems;
    }
}
