package dev.secant.optimizer.batch;

import dev.secant.optimizer.Convergence;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Rounding;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.optimizer.ThinnedColumn;
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

    private final int limit;
    private int every = 1;
    private int kept;
    private int points;
    private double previousValue = Double.NaN;
    private double lastValue = Double.NaN;
    private double lastGradientNorm = Double.NaN;
    private double lastStepLength = Double.NaN;
    private double lastSecantResidual = Double.NaN;
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
        // Even, so that the step that overflows is one of those kept.
        this.limit = Math.max(ThinnedColumn.LEAST_LIMIT, limit - limit % 2);
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
        previousValue = lastValue;
        lastValue = value;
        lastGradientNorm = gradientNorm;
        lastStepLength = stepLength;
        lastSecantResidual = secantResidual;
        secantResidual = Double.NaN;
        int step = points++;
        if (step % every != 0) {
            return;
        }
        if (kept == limit) {
            thin();
            if (step % every != 0) {
                return;
            }
        }
        if (kept == values.length) {
            grow();
        }
        values[kept] = value;
        gradientNorms[kept] = gradientNorm;
        stepLengths[kept] = stepLength;
        evaluationCounts[kept] = evaluations;
        if (!Double.isNaN(lastSecantResidual)) {
            keepSecantResidual();
        }
        kept++;
    }

    private void grow() {
        int capacity = (int) Math.min(limit, 2L * kept);
        values = Arrays.copyOf(values, capacity);
        gradientNorms = Arrays.copyOf(gradientNorms, capacity);
        stepLengths = Arrays.copyOf(stepLengths, capacity);
        evaluationCounts = Arrays.copyOf(evaluationCounts, capacity);
    }

    /** Drops every second point; from here on only every second step is kept, as {@link dev.secant.optimizer.ThinnedColumn} does. */
    private void thin() {
        kept /= 2;
        every *= 2;
        for (int k = 0; k < kept; k++) {
            values[k] = values[2 * k];
            gradientNorms[k] = gradientNorms[2 * k];
            stepLengths[k] = stepLengths[2 * k];
            evaluationCounts[k] = evaluationCounts[2 * k];
        }
        for (int k = 0; k < secantResiduals.length; k++) {
            secantResiduals[k] = 2 * k < secantResiduals.length ? secantResiduals[2 * k] : Double.NaN;
        }
    }

    private void keepSecantResidual() {
        if (secantResiduals.length <= kept) {
            int known = secantResiduals.length;
            secantResiduals = Arrays.copyOf(secantResiduals, values.length);
            Arrays.fill(secantResiduals, known, secantResiduals.length, Double.NaN);
        }
        secantResiduals[kept] = lastSecantResidual;
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
        int size = endsBetween() ? kept + 1 : kept;
        double[] residuals = Arrays.copyOf(secantResiduals, size);
        if (secantResiduals.length < size) {
            Arrays.fill(residuals, secantResiduals.length, size, Double.NaN);
        }
        int[] counts = Arrays.copyOf(evaluationCounts, size);
        if (endsBetween()) {
            residuals[kept] = lastSecantResidual;
            counts[kept] = evaluations;
        }
        Optimum.Outcome outcome = new Optimum.Outcome(
                resultValue,
                resultGradientNorm,
                steps(),
                evaluations,
                termination == null ? Termination.STALLED : termination,
                convergence,
                recordedSteps(size),
                withLast(values, size, lastValue),
                withLast(gradientNorms, size, lastGradientNorm),
                withLast(stepLengths, size, lastStepLength),
                residuals,
                counts,
                safeguarded);
        values = NONE;
        gradientNorms = NONE;
        stepLengths = NONE;
        secantResiduals = NONE;
        return outcome;
    }

    /** Whether the last point is none of those kept. */
    private boolean endsBetween() {
        return (points - 1) % every != 0;
    }

    private int[] recordedSteps(int size) {
        int[] steps = new int[size];
        Arrays.setAll(steps, k -> k < kept ? k * every : points - 1);
        return steps;
    }

    private double[] withLast(double[] column, int size, double last) {
        double[] all = Arrays.copyOf(column, size);
        if (endsBetween()) {
            all[kept] = last;
        }
        return all;
    }

    private static boolean isRelativelyFlat(StopRule rule, double value, double gradientNorm, double pointNorm) {
        double tolerance = rule.relativeGradientTolerance();
        return tolerance > 0 && gradientNorm * Math.max(1, pointNorm) <= tolerance * Math.abs(value);
    }

    int steps() {
        return points - 1;
    }

    private boolean isFlat(StopRule rule, double value) {
        if (points < 2 || rule.relativeDecreaseTolerance() == 0) {
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
        double start = values[0];
        double unboundedFall = epsilon < 1e-10 ? 1e150 : 1e30;
        return value - start > DIVERGENCE_BOUND * Math.max(1, Math.abs(start)) || start - value > unboundedFall;
    }
}
