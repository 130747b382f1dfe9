package dev.secant.evaluation.trial;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.StopRule;
import dev.secant.problems.ProblemSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * A method with a learning rate, which is tuned for each problem, on the very starts that it is then measured on: that
 * favours it.
 */
public final class TunedSolver implements ProfileSolver {

    private static final double LEAST = 1e-4;
    private static final double GREATEST = 1;
    private static final int PER_DECADE = 3;
    private static final int EXTENSIONS = 9;

    private final String name;
    private final LearningRateSearch search;
    private final DoubleFunction<Optimizer> method;
    private final List<Tuning> tunings = new ArrayList<>();

    /** What was tried on a problem. */
    public record Tuning(ProfileProblem problem, LearningRateSearch.Report report) {}

    /**
     * A method.
     *
     * @param method makes it with a rate
     * @param iterations that each rate may spend on each start
     */
    public TunedSolver(DoubleFunction<Optimizer> method, int iterations) {
        this.name = method.apply(GREATEST).name();
        this.method = method;
        this.search = new LearningRateSearch(method, StopRule.steps(iterations), EXTENSIONS);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Optimizer> on(ProfileProblem problem, ProblemSet drawn) {
        LearningRateSearch.Report report = search.search(drawn.objective(), drawn.start(), LEAST, GREATEST, PER_DECADE);
        tunings.add(new Tuning(problem, report));
        return Optional.of(method.apply(report.best().rate()));
    }

    /** Everything that was tried, in the order of the problems. */
    public List<Tuning> tunings() {
        return List.copyOf(tunings);
    }
}
