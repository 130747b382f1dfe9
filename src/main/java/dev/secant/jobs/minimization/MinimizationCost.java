package dev.secant.jobs.minimization;

import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.Solver;

/** What a start is estimated to take, on plain arrays: for the order of work, so a factor of a few does not matter. */
final class MinimizationCost {

    /** Of a step, whatever the formula: the method's own work on plain arrays. */
    private static final double SECONDS_PER_STEP = 2e-6;

    /** The same of methods that keep their vectors on tensors: some dozen calls of the engine, which take microseconds each. */
    private static final double SECONDS_PER_STEP_ON_TENSORS = 1.5e-4;

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
        double numbers = SECONDS_PER_NUMBER * plan.compiled().cost().elements();
        double step = perStep(plan.method().solver()) + numbers;
        double beside =
                plan.compareWith() == null ? 0 : perStep(plan.compareWith().solver()) + numbers;
        return Math.min(1e-9 * plan.stop().timeLimit().toNanos(), steps * (step + beside));
    }

    private static double perStep(Solver solver) {
        return switch (solver) {
            case AUTO, LSR1, LBFGS, SR1 -> SECONDS_PER_STEP;
            case BFGS, NEWTON_CG, ADAM, LM -> SECONDS_PER_STEP_ON_TENSORS;
        };
    }
}
