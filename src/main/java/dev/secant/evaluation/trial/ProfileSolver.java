package dev.secant.evaluation.trial;

import dev.secant.optimizer.Optimizer;
import dev.secant.problems.ProblemSet;
import java.util.Optional;

/** A method that takes part in a performance profile. */
public interface ProfileSolver {

    /** Its name in tables and figures. */
    String name();

    /**
     * The optimizer for one problem; a method with a learning rate tunes it here.
     *
     * @param problem which one
     * @param drawn the problem with all its starts
     * @return empty where the method does not take part, which counts as unsolved
     */
    Optional<Optimizer> on(ProfileProblem problem, ProblemSet drawn);

    /** The same optimizer for every problem. */
    static ProfileSolver of(Optimizer optimizer) {
        return of(optimizer.name(), optimizer, Integer.MAX_VALUE);
    }

    /** The same optimizer for every problem of at most so many variables, by another name. */
    static ProfileSolver of(String name, Optimizer optimizer, int largestDimension) {
        return new ProfileSolver() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<Optimizer> on(ProfileProblem problem, ProblemSet drawn) {
                return problem.dimension() <= largestDimension ? Optional.of(optimizer) : Optional.empty();
            }
        };
    }
}
