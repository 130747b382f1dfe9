package dev.secant.evaluation.trial;

import dev.secant.text.NumberFormats;
import java.util.function.ToDoubleFunction;

/** What all solvers have spent alike where a profile compares them. */
public enum ProfileBudget {
    ITERATIONS,
    EVALUATIONS,
    WALL_CLOCK;

    /** The lowest gap of a run within the budget. */
    public ToDoubleFunction<ProfileResults.Run> gap(RunBudget budget) {
        return switch (this) {
            case ITERATIONS -> run -> run.iterations().gapWithinIterations(budget.iterations());
            case EVALUATIONS -> run -> run.clock().gapWithinEvaluations(budget.evaluations());
            case WALL_CLOCK -> run -> run.clock().gapWithinSeconds(budget.seconds());
        };
    }

    /** For example {@code 100 iterations}. */
    public String amount(RunBudget budget) {
        return switch (this) {
            case ITERATIONS -> budget.iterations() + " iterations";
            case EVALUATIONS -> budget.evaluations() + " evaluations";
            case WALL_CLOCK -> NumberFormats.format(1000 * budget.seconds()) + " ms";
        };
    }
}
