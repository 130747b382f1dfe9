package dev.secant.optimizer;

import java.time.Duration;

/**
 * When an item stops. A tolerance of 0 switches its rule off.
 *
 * @param maxSteps steps at most
 * @param maxEvaluations evaluations of value and gradient at most
 * @param gradientTolerance converged when the Euclidean norm of the gradient is at most this
 * @param relativeDecreaseTolerance converged when a step lowers the value by at most this times {@code max(|f|, 1e-30)}
 * @param timeLimit wall clock for the whole batch
 */
public record StopRule(
        int maxSteps,
        int maxEvaluations,
        double gradientTolerance,
        double relativeDecreaseTolerance,
        Duration timeLimit) {

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
    }

    /** A fixed number of steps, nothing else. */
    public static StopRule steps(int maxSteps) {
        return new StopRule(maxSteps, Integer.MAX_VALUE, 0, 0, Duration.ofDays(1));
    }

    /** With another bound on the evaluations. */
    public StopRule withMaxEvaluations(int evaluations) {
        return new StopRule(maxSteps, evaluations, gradientTolerance, relativeDecreaseTolerance, timeLimit);
    }

    /** With another tolerance on the gradient's norm. */
    public StopRule withGradientTolerance(double tolerance) {
        return new StopRule(maxSteps, maxEvaluations, tolerance, relativeDecreaseTolerance, timeLimit);
    }

    /** With another tolerance on the relative decrease. */
    public StopRule withRelativeDecreaseTolerance(double tolerance) {
        return new StopRule(maxSteps, maxEvaluations, gradientTolerance, tolerance, timeLimit);
    }

    /** With another time limit. */
    public StopRule withTimeLimit(Duration limit) {
        return new StopRule(maxSteps, maxEvaluations, gradientTolerance, relativeDecreaseTolerance, limit);
    }
}
