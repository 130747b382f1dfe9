package dev.secant.jobs.minimization;

import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.Solver;
import dev.secant.objective.CompiledObjective;

/** What a start is estimated to take, on plain arrays: for the order of work, so a factor of a few does not matter. */
final class MinimizationCost {

    /** Of a step, whatever the formula: the method's own work on plain arrays. */
    private static final double SECONDS_PER_STEP = 2e-6;

    /**
     * Of a step for each number that the formula computes: its value, its gradient and the method's vectors, which hold some ten
     * pairs. A step of L-BFGS and of {@code lsr1} on Rosenbrock's function of 1,000 variables, about 5,000 numbers, takes 0.075 and
     * 0.3 ms ({@code bench minimize}).
     */
    private static final double SECONDS_PER_NUMBER = 4e-8;

    private static final int PRODUCTS_OF_A_NEWTON_STEP = 10;

    private MinimizationCost() {}

    /** Seconds of one start if it takes all the steps that it may; at most the request's time limit. */
    static double seconds(MinimizationPlan plan) {
        long steps = Math.min(plan.stop().maxSteps(), plan.stop().maxEvaluations());
        double evaluations = evaluations(plan, plan.method().solver())
                + (plan.compareWith() == null
                        ? 0
                        : evaluations(plan, plan.compareWith().solver()));
        double evaluation =
                SECONDS_PER_STEP + SECONDS_PER_NUMBER * plan.compiled().cost().elements();
        return Math.min(1e-9 * plan.stop().timeLimit().toNanos(), steps * evaluations * evaluation);
    }

    /** Evaluations of a step, with gradients: the products of Newton-CG, and the m gradients of a Jacobian. */
    private static double evaluations(MinimizationPlan plan, Solver solver) {
        return switch (solver) {
            case AUTO, LSR1, LBFGS, SR1, BFGS, ADAM -> 1;
            case NEWTON_CG -> PRODUCTS_OF_A_NEWTON_STEP;
            case LM ->
                1
                        + plan.compiled()
                                .residuals()
                                .map(CompiledObjective::resultSize)
                                .orElse(0);
        };
    }
}
