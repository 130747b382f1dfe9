package dev.secant.evaluation.trial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.problems.ProblemSet;
import dev.secant.tensor.MemoryScope;
import java.time.Duration;
import java.util.function.Function;

/**
 * Runs methods on one item of a set of problems, by itself, and notes what they spend.
 *
 * @param problems with their starts
 * @param item which of them
 */
public record TracedRun(ProblemSet problems, int item) {

    /** So many iterations. */
    public Trace iterations(Optimizer optimizer, int iterations) {
        return run(optimizer, objective -> StopRule.steps(iterations));
    }

    /**
     * Until the time is up, but not before so many evaluations: the clock that the method is stopped by stands still until
     * they are spent. A method that can't go on stops by itself.
     */
    public Trace seconds(Optimizer optimizer, double seconds, int evaluations) {
        return run(optimizer, objective -> {
            long origin = System.nanoTime();
            return StopRule.steps(Integer.MAX_VALUE)
                    .withTimeLimit(Duration.ofNanos((long) (1e9 * seconds)))
                    .withNanoClock(() -> objective.evaluations() < evaluations ? origin : System.nanoTime());
        });
    }

    @SuppressWarnings("try") // The scope works by being open.
    private Trace run(Optimizer optimizer, Function<TimedObjective, StopRule> rule) {
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray start = problems.start().get(new NDIndex("%d:%d".formatted(item, item + 1)));
            Objective alone = problems.objective().select(new int[] {item});
            TimedObjective timed = new TimedObjective(alone);
            StopRule stopRule = rule.apply(timed);
            timed.restart();
            try (Optimum optimum = optimizer.minimize(timed, start, stopRule)) {
                return trace(optimum.items().get(0), timed);
            } finally {
                problems.objective().release(alone);
            }
        }
    }

    private Trace trace(Optimum.Outcome outcome, TimedObjective timed) {
        int points = outcome.values().length;
        double[] gaps = new double[points];
        double[] seconds = new double[points];
        for (int k = 0; k < points; k++) {
            // Rounding may put a value below the minimum.
            gaps[k] = Math.max(0, outcome.values()[k] - problems.minima()[item]);
            seconds[k] = timed.secondsAt(outcome.evaluationCounts()[k]);
        }
        return new Trace(gaps, outcome.evaluationCounts(), seconds);
    }
}
