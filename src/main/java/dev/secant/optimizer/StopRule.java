package dev.secant.optimizer;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When an item stops. A tolerance of 0 switches its rule off, but a gradient of exactly zero always stops.
 *
 * @param maxSteps steps at most
 * @param maxEvaluations evaluations of value and gradient at most
 * @param gradientTolerance converged when the Euclidean norm of the gradient is at most this
 * @param relativeGradientTolerance converged when {@code ||g|| max(1, ||x||) <= relativeGradientTolerance |f|}: to first order, not even a
 *     step as long as x is would change the value by more than this part of it (Dennis and Schnabel, Numerical Methods for Unconstrained
 *     Optimization and Nonlinear Equations, 1983, section 7.2, in Euclidean norms, with 1 as the typical size of x and none of f). The 1
 *     keeps a start at or near the origin from ending at once; in units that make x small the rule is stricter, never laxer. A multiple of the
 *     start's gradient would depend on how far away the start was: from (1e3, -1e3), 1e-12 of it is a gradient of 0.4 in Rosenbrock's
 *     valley. Where f is zero at the minimum this rule says nothing, and the absolute one decides
 * @param relativeDecreaseTolerance converged when a step changes the value by at most this times {@code max(|f|, 1e-30)}
 * @param timeLimit wall clock for the whole batch, looked at after each step
 * @param nanoClock the clock that the limit is measured by, in nanoseconds from any origin; tests inject one
 */
public record StopRule(
        int maxSteps,
        int maxEvaluations,
        double gradientTolerance,
        double relativeGradientTolerance,
        double relativeDecreaseTolerance,
        Duration timeLimit,
        LongSupplier nanoClock) {

    private static final LongSupplier SYSTEM_CLOCK = System::nanoTime;

    public StopRule {
        if (maxSteps < 1) {
            throw new IllegalArgumentException(
                    "The maxSteps (%d) of the stop rule must be positive.".formatted(maxSteps));
        }
        if (maxEvaluations < 1) {
            throw new IllegalArgumentException(
                    "The maxEvaluations (%d) of the stop rule must be positive.".formatted(maxEvaluations));
        }
        requireNotNegative("gradientTolerance", gradientTolerance);
        requireNotNegative("relativeGradientTolerance", relativeGradientTolerance);
        requireNotNegative("relativeDecreaseTolerance", relativeDecreaseTolerance);
        if (timeLimit.isNegative()) {
            throw new IllegalArgumentException(
                    "The timeLimit (%s) of the stop rule must not be negative.".formatted(timeLimit));
        }
    }

    private static void requireNotNegative(String name, double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "The %s (%s) of the stop rule must not be negative.".formatted(name, tolerance));
        }
    }

    /**
     * Whether an outcome says that it converged by a gradient that is above the tolerance: an answer never may.
     *
     * @param outcome its value and gradient norm are those of the result
     */
    public boolean isContradictedBy(Optimum.Outcome outcome) {
        return outcome.termination() == Termination.CONVERGED
                && switch (outcome.convergence()) {
                    case NONE -> true;
                    case GRADIENT -> outcome.gradientNorm() > gradientTolerance;
                    case RELATIVE_GRADIENT ->
                        outcome.gradientNorm() > relativeGradientTolerance * Math.abs(outcome.value());
                    case DECREASE, ROUNDING -> false;
                };
    }

    /** Whether any tolerance is set: then an item also ends where its value cannot fall further in the arithmetic. */
    public boolean hasTolerance() {
        return gradientTolerance > 0 || relativeGradientTolerance > 0 || relativeDecreaseTolerance > 0;
    }

    /** By the system's clock, without a relative rule for the gradient. */
    public StopRule(
            int maxSteps,
            int maxEvaluations,
            double gradientTolerance,
            double relativeDecreaseTolerance,
            Duration timeLimit) {
        this(maxSteps, maxEvaluations, gradientTolerance, 0, relativeDecreaseTolerance, timeLimit, SYSTEM_CLOCK);
    }

    /** A fixed number of steps, nothing else. */
    public static StopRule steps(int maxSteps) {
        return new StopRule(maxSteps, Integer.MAX_VALUE, 0, 0, Duration.ofDays(1));
    }

    /** With another bound on the evaluations. */
    public StopRule withMaxEvaluations(int evaluations) {
        return with(evaluations, gradientTolerance, relativeGradientTolerance, relativeDecreaseTolerance);
    }

    /** With another tolerance on the gradient's norm. */
    public StopRule withGradientTolerance(double tolerance) {
        return with(maxEvaluations, tolerance, relativeGradientTolerance, relativeDecreaseTolerance);
    }

    /** With another tolerance on the gradient relative to value and point. */
    public StopRule withRelativeGradientTolerance(double tolerance) {
        return with(maxEvaluations, gradientTolerance, tolerance, relativeDecreaseTolerance);
    }

    /** With another tolerance on the relative decrease. */
    public StopRule withRelativeDecreaseTolerance(double tolerance) {
        return with(maxEvaluations, gradientTolerance, relativeGradientTolerance, tolerance);
    }

    private StopRule with(int evaluations, double gradient, double relativeGradient, double relativeDecrease) {
        return new StopRule(maxSteps, evaluations, gradient, relativeGradient, relativeDecrease, timeLimit, nanoClock);
    }

    /** With another time limit. */
    public StopRule withTimeLimit(Duration limit) {
        return new StopRule(
                maxSteps,
                maxEvaluations,
                gradientTolerance,
                relativeGradientTolerance,
                relativeDecreaseTolerance,
                limit,
                nanoClock);
    }

    /** With another clock. */
    public StopRule withNanoClock(LongSupplier clock) {
        return new StopRule(
                maxSteps,
                maxEvaluations,
                gradientTolerance,
                relativeGradientTolerance,
                relativeDecreaseTolerance,
                timeLimit,
                clock);
    }
}
