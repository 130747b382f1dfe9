package dev.secant.jobs.minimization;

import dev.secant.minimize.MinimizationPlan;

/** What a start is estimated to take, on plain arrays: for the order of work, so a factor of a few does not matter. */
final class MinimizationCost {

    /** Of a step, whatever the formula: the method's own work. */
    private static final double SECONDS_PER_STEP = 2e-6;

    /**
     * Of a step for each number that the formula computes: its value, its gradient and the method's vectors, which hold some ten
     * pairs. A step of L-BFGS and of {@code lsr1} on Rosenbrock's function of 1,000 variables, about 5,000 numbers, takes 0.075 and
     * 0.3 ms ({@code bench minimize}).
     */
    private static final double SECONDS_PER_NUMBER = 4e-8;

    private MinimizationCost() {}

    /** Seconds of one start if it takes all the steps that it may; at most the request's time limit. */
    static double seconds(MinimizationPlan plan) {
        long steps = Math.min(plan.stop().maxSteps(), plan.stop().maxEvaluations());
        double step =
                SECONDS_PER_STEP + SECONDS_PER_NUMBER * plan.compiled().cost().elements();
        double limit = 1e-9 * plan.stop().timeLimit().toNanos();
        int solvers = plan.compareWith() == null ? 1 : 2;
        return Math.min(limit, solvers * steps * step);
    }
}
