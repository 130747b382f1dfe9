package dev.secant.optimizer.batch;

import dev.secant.optimizer.Convergence;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Rounding;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The counters, the history and the fate of one item of a batch; histories are columns of numbers that double when they are full. */
final class ItemHistory {

    /** A value may rise by this times {@code max(1, |f_0|)} above the start's before the item counts as diverged. */
    static final double DIVERGENCE_BOUND = 1e10;

    /** Where the value is as low as the arithmetic shows, a step is worth while only if it makes the gradient this much smaller. */
    private static final double LESS = 0.9;

    /** One such step may still turn to a flatter point, as those of conjugate gradients do. */
    private static final int MOST_IDLE_STEPS = 2;

    private static final int FIRST_CAPACITY = 16;
    private static final double[] NONE = {};

    private final double epsilon;
    private double[] values = new double[FIRST_CAPACITY];
    private double[] gradientNorms = new double[FIRST_CAPACITY];
    private double[] stepLengths = new double[FIRST_CAPACITY];
    private int[] evaluationCounts = new int[FIRST_CAPACITY];
    /** Empty until a method knows one. */
    private double[] secantResiduals = NONE;

    private int points;
    private int evaluations;
    private int safeguarded;
    private double secantResidual = Double.NaN;
    private double lowestValue = Double.NaN;
    private double resultValue = Double.NaN;
    private double resultGradientNorm = Double.NaN;
    private @Nullable Termination termination;
    private Convergence convergence = Convergence.NONE;
    /** What the method's model foretold of the coming step; NaN where it has none. */
    private double predictedDecrease = Double.NaN;

    private double flattest = Double.POSITIVE_INFINITY;
    /** How many steps in a row could not lower the value in the arithmetic, and did not make the gradient smaller. */
    private int idleSteps;

    /**
     * Starts empty.
     *
     * @param epsilon the rounding unit of the arithmetic
     */
    ItemHistory(double epsilon) {
        this.epsilon = epsilon;
    }

    int evaluations() {
        return evaluations;
    }

    void countEvaluations(int count) {
        evaluations += count;
    }

    void countSafeguard() {
        safeguarded++;
    }

    void secantResidual(double residual) {
        secantResidual = residual;
    }

    boolean isStopped() {
        return termination != null;
    }

    void stop(Termination reason) {
        if (termination == null) {
            termination = reason;
        }
    }

    /**
     * Records the start or the point after a step.
     *
     * @return whether it is the best point so far: lower, or as low up to rounding and flatter
     */
    boolean moveTo(double value, double gradientNorm, double stepLength) {
        boolean idle = isBelowRounding(predictedDecrease, value) && !(gradientNorm < LESS * flattest);
        idleSteps = idle ? idleSteps + 1 : 0;
        predictedDecrease = Double.NaN;
        flattest = Math.min(flattest, gradientNorm);
        append(value, gradientNorm, stepLength);
        boolean lower = points == 1 || value < lowestValue;
        boolean flatter =
                value <= lowestValue + Rounding.tolerance(lowestValue, epsilon) && gradientNorm < resultGradientNorm;
        if (lower) {
            lowestValue = value;
        }
        if (lower || flatter) {
            resultValue = value;
            resultGradientNorm = gradientNorm;
            return true;
        }
        return false;
    }

    private void append(double value, double gradientNorm, double stepLength) {
        if (points == values.length) {
            int capacity = 2 * points;
            values = Arrays.copyOf(values, capacity);
            gradientNorms = Arrays.copyOf(gradientNorms, capacity);
            stepLengths = Arrays.copyOf(stepLengths, capacity);
            evaluationCounts = Arrays.copyOf(evaluationCounts, capacity);
        }
        values[points] = value;
        gradientNorms[points] = gradientNorm;
        stepLengths[points] = stepLength;
        evaluationCounts[points] = evaluations;
        if (!Double.isNaN(secantResidual)) {
            appendSecantResidual();
        }
        points++;
    }

    private void appendSecantResidual() {
        if (secantResiduals.length <= points) {
            int known = secantResiduals.length;
            secantResiduals = Arrays.copyOf(secantResiduals, values.length);
            Arrays.fill(secantResiduals, known, secantResiduals.length, Double.NaN);
        }
        secantResiduals[points] = secantResidual;
        secantResidual = Double.NaN;
    }

    /** Notes the decrease that the method's model foretells of the coming step, before {@link #moveTo} or the stall. */
    void predict(double decrease) {
        predictedDecrease = decrease;
    }

    /** Stops an item that found nothing acceptable. */
    void stall() {
        if (isBelowRounding(predictedDecrease, resultValue)) {
            converge(Convergence.ROUNDING);
        } else {
            stop(Termination.STALLED);
        }
    }

    private boolean isBelowRounding(double decrease, double value) {
        return decrease <= Rounding.tolerance(value, epsilon);
    }

    private void converge(Convergence by) {
        if (termination == null) {
            termination = Termination.CONVERGED;
            convergence = by;
        }
    }

    /**
     * Stops the item if its last point meets a rule.
     *
     * @param pointNorm the norm of that point; any number where there is no relative rule
     */
    void judge(StopRule rule, double pointNorm) {
        double value = values[points - 1];
        double gradientNorm = gradientNorms[points - 1];
        if (!Double.isFinite(value) || !Double.isFinite(gradientNorm)) {
            stop(Termination.NON_FINITE);
        } else if (gradientNorm <= rule.gradientTolerance()) {
            converge(Convergence.GRADIENT);
        } else if (isRelativelyFlat(rule, value, gradientNorm, pointNorm)) {
            converge(Convergence.RELATIVE_GRADIENT);
        } else if (isFlat(rule, value)) {
            converge(Convergence.DECREASE);
        } else if (rule.hasTolerance() && idleSteps >= MOST_IDLE_STEPS) {
            converge(Convergence.ROUNDING);
        } else if (hasDiverged(value)) {
            stop(Termination.DIVERGED);
        } else if (steps() >= rule.maxSteps() || evaluations >= rule.maxEvaluations()) {
            stop(Termination.MAX_STEPS);
        }
    }

    Optimum.Outcome outcome() {
        double[] residuals = Arrays.copyOf(secantResiduals, points);
        if (secantResiduals.length < points) {
            Arrays.fill(residuals, secantResiduals.length, points, Double.NaN);
        }
        return new Optimum.Outcome(
                resultValue,
                resultGradientNorm,
                steps(),
                evaluations,
                termination == null ? Termination.STALLED : termination,
                convergence,
                Arrays.copyOf(values, points),
                Arrays.copyOf(gradientNorms, points),
                Arrays.copyOf(stepLengths, points),
                residuals,
                Arrays.copyOf(evaluationCounts, points),
                safeguarded);
    }

    private static boolean isRelativelyFlat(StopRule rule, double value, double gradientNorm, double pointNorm) {
        double tolerance = rule.relativeGradientTolerance();
        return tolerance > 0 && gradientNorm * Math.max(1, pointNorm) <= tolerance * Math.abs(value);
    }

    private int steps() {
        return points - 1;
    }

    private boolean isFlat(StopRule rule, double value) {
        if (points < 2 || rule.relativeDecreaseTolerance() == 0) {
            return false;
        }
        double change = Math.abs(values[points - 2] - value);
        return change <= rule.relativeDecreaseTolerance() * Math.max(Math.abs(value), 1e-30);
    }

    private boolean hasDiverged(double value) {
        double start = values[0];
        double unboundedFall = epsilon < 1e-10 ? 1e150 : 1e30;
        return value - start > DIVERGENCE_BOUND * Math.max(1, Math.abs(start)) || start - value > unboundedFall;
    }
}
