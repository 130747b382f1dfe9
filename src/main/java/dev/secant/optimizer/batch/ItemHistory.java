package dev.secant.optimizer.batch;

import dev.secant.optimizer.Convergence;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Rounding;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import org.jspecify.annotations.Nullable;

/** The counters, the history and the fate of one item of a batch. */
final class ItemHistory {

    /** A value may rise by this times {@code max(1, |f_0|)} above the start's before the item counts as diverged. */
    static final double DIVERGENCE_BOUND = 1e10;

    /** Where the value is as low as the arithmetic shows, a step is worth while only if it makes the gradient this much smaller. */
    private static final double LESS = 0.9;

    /** One such step may still turn to a flatter point, as those of conjugate gradients do. */
    private static final int MOST_IDLE_STEPS = 2;

    private final double epsilon;
    private final HistoryColumns columns;
    private double firstValue = Double.NaN;
    private double previousValue = Double.NaN;
    private double lastValue = Double.NaN;
    private double lastGradientNorm = Double.NaN;
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
     * @param limit points that are kept at most, besides the last; see {@link dev.secant.optimizer.Observer#historyLimit}
     */
    ItemHistory(double epsilon, int limit) {
        this.epsilon = epsilon;
        this.columns = new HistoryColumns(limit);
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
        boolean lower = columns.points() == 1 || value < lowestValue;
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
        if (columns.points() == 0) {
            firstValue = value;
        }
        previousValue = lastValue;
        lastValue = value;
        lastGradientNorm = gradientNorm;
        columns.add(value, gradientNorm, stepLength, evaluations, secantResidual);
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
        double value = lastValue;
        double gradientNorm = lastGradientNorm;
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

    /** What happened; the columns go with it and are forgotten here, so it is asked once. */
    Optimum.Outcome outcome() {
        return new Optimum.Outcome(
                resultValue,
                resultGradientNorm,
                steps(),
                evaluations,
                termination == null ? Termination.STALLED : termination,
                convergence,
                columns.steps(),
                columns.takeValues(),
                columns.takeGradientNorms(),
                columns.takeStepLengths(),
                columns.takeSecantResiduals(),
                columns.takeEvaluationCounts(),
                safeguarded);
    }

    private static boolean isRelativelyFlat(StopRule rule, double value, double gradientNorm, double pointNorm) {
        double tolerance = rule.relativeGradientTolerance();
        return tolerance > 0 && gradientNorm * Math.max(1, pointNorm) <= tolerance * Math.abs(value);
    }

    int steps() {
        return columns.points() - 1;
    }

    private boolean isFlat(StopRule rule, double value) {
        if (columns.points() < 2 || rule.relativeDecreaseTolerance() == 0) {
            return false;
        }
        double change = Math.abs(previousValue - value);
        return change <= rule.relativeDecreaseTolerance() * Math.max(Math.abs(value), 1e-30);
    }

    double resultValue() {
        return resultValue;
    }

    double resultGradientNorm() {
        return resultGradientNorm;
    }

    private boolean hasDiverged(double value) {
        double unboundedFall = epsilon < 1e-10 ? 1e150 : 1e30;
        return value - firstValue > DIVERGENCE_BOUND * Math.max(1, Math.abs(firstValue))
                || firstValue - value > unboundedFall;
    }
}
