package dev.secant.optimizer;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When an item stops. A tolerance of 0 switches its rule off, but a gradient of exactly zero always stops.
 *
 * @param maxSteps steps at most
 * @param maxEvaluations evaluations of value and gradient at most
 * @param gradientTolerance converged when the Euclidean norm of the gradient is at most this
 * @param relativeDecreaseTolerance converged when a step changes the value by at most this times {@code max(|f|, 1e-30)}
 * @param timeLimit wall clock for the whole batch, looked at after each step
 * @param nanoClock the clock that the limit is measured by, in nanoseconds from any origin; tests inject one
 */
public record StopRule(
        int maxSteps,
        int maxEvaluations,
        double gradientTolerance,
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
        if (!(gradientTolerance >= 0) || !(relativeDecreaseTolerance >= 0)) {
            throw new IllegalArgumentException(
                    "The gradientTolerance (%s) and the relativeDecreaseTolerance (%s) of the stop rule must not be negative."
                            .formatted(gradientTolerance, relativeDecreaseTolerance));
        }
        if (timeLimit.isNegative()) {
            throw new IllegalArgumentException(
                    "The timeLimit (%s) of the stop rule must not be negative.".formatted(timeLimit));
        }
    }

    /** By the system's clock. */
    public StopRule(
            int maxSteps,
            int maxEvaluations,
            double gradientTolerance,
            double relativeDecreaseTolerance,
            Duration timeLimit) {
        this(maxSteps, maxEvaluations, gradientTolerance, relativeDecreaseTolerance, timeLimit, SYSTEM_CLOCK);
    }

    /** A fixed number of steps, nothing else. */
    public static StopRule steps(int maxSteps) {
        return new StopRule(maxSteps, Integer.MAX_VALUE, 0, 0, Duration.ofDays(1));
    }

    /** With another bound on the evaluations. */
    public StopRule withMaxEvaluations(int evaluations) {
        return new StopRule(maxSteps, evaluations, gradientTolerance, relativeDecreaseTolerance, timeLimit, nanoClock);
    }

    /** With another tolerance on the gradient's norm. */
    public StopRule withGradientTolerance(double tolerance) {
        return new StopRule(maxSteps, maxEvaluations, tolerance, relativeDecreaseTolerance, timeLimit, nanoClock);
    }

    /** With another tolerance on the relative decrease. */
    public StopRule withRelativeDecreaseTolerance(double tolerance) {
        return new StopRule(maxSteps, maxEvaluations, gradientTolerance, tolerance, timeLimit, nanoClock);
    }

    /** With another time limit. */
    public StopRule withTimeLimit(Duration limit) {
        return new StopRule(maxSteps, maxEvaluations, gradientTolerance, relativeDecreaseTolerance, limit, nanoClock);
    }

    /** With another clock. */
    public StopRule withNanoClock(LongSupplier clock) {
        return new StopRule(maxSteps, maxEvaluations, gradientTolerance, relativeDecreaseTolerance, timeLimit, clock);
    }
}
