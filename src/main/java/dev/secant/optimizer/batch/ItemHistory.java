package dev.secant.optimizer.batch;

import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.optimizer.ThinnedColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The counters, the history and the fate of one item of a batch. */
final class ItemHistory {

    /** A value may rise by this times {@code max(1, |f_0|)} above the start's before the item counts as diverged. */
    static final double DIVERGENCE_BOUND = 1e10;

    /** Values that differ by less than this many units of rounding are taken as equal. */
    private static final double ROUNDING_UNITS = 10;

    private final double epsilon;
    private final double unboundedFall;
    private final ThinnedColumn values;
    private final ThinnedColumn gradientNorms;
    private final ThinnedColumn stepLengths;
    private final ThinnedColumn secantResiduals;
    private final ThinnedColumn evaluationCounts;
    private double previousValue = Double.NaN;
    private int evaluations;
    private int safeguarded;
    private double secantResidual = Double.NaN;
    private double lowestValue = Double.NaN;
    private double resultValue = Double.NaN;
    private double resultGradientNorm = Double.NaN;
    private @Nullable Termination termination;

    /**
     * Starts empty.
     *
     * @param epsilon the rounding unit of the arithmetic
     * @param limit points that the history keeps at most, see {@link Observer#historyLimit}
     */
    ItemHistory(double epsilon, int limit) {
        this.epsilon = epsilon;
        this.values = new ThinnedColumn(limit);
        this.gradientNorms = new ThinnedColumn(limit);
        this.stepLengths = new ThinnedColumn(limit);
        this.secantResiduals = new ThinnedColumn(limit);
        this.evaluationCounts = new ThinnedColumn(limit);
        this.unboundedFall = epsilon < 1e-10 ? 1e150 : 1e30;
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
        previousValue = values.last();
        values.add(value);
        gradientNorms.add(gradientNorm);
        stepLengths.add(stepLength);
        secantResiduals.add(secantResidual);
        evaluationCounts.add(evaluations);
        secantResidual = Double.NaN;
        boolean first = values.count() == 1;
        boolean lower = first || value < lowestValue;
        boolean flatter = value <= lowestValue + ROUNDING_UNITS * epsilon * Math.abs(lowestValue)
                && gradientNorm < resultGradientNorm;
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

    /** Stops the item if its last point meets a rule. */
    void judge(StopRule rule) {
        double value = values.last();
        double gradientNorm = gradientNorms.last();
        if (!Double.isFinite(value) || !Double.isFinite(gradientNorm)) {
            stop(Termination.NON_FINITE);
        } else if (gradientNorm <= rule.gradientTolerance() || isFlat(rule, value)) {
            stop(Termination.CONVERGED);
        } else if (hasDiverged(value)) {
            stop(Termination.DIVERGED);
        } else if (steps() >= rule.maxSteps() || evaluations >= rule.maxEvaluations()) {
            stop(Termination.MAX_STEPS);
        }
    }

    Optimum.Outcome outcome() {
        return new Optimum.Outcome(
                resultValue,
                resultGradientNorm,
                steps(),
                evaluations,
                termination == null ? Termination.STALLED : termination,
                values.steps(),
                values.take(),
                gradientNorms.take(),
                stepLengths.take(),
                secantResiduals.take(),
                Arrays.stream(evaluationCounts.take())
                        .mapToInt(count -> (int) count)
                        .toArray(),
                safeguarded);
    }

    int steps() {
        return values.count() - 1;
    }

    double resultValue() {
        return resultValue;
    }

    double resultGradientNorm() {
        return resultGradientNorm;
    }

    private boolean isFlat(StopRule rule, double value) {
        if (values.count() < 2 || rule.relativeDecreaseTolerance() == 0) {
            return false;
        }
        double change = Math.abs(previousValue - value);
        return change <= rule.relativeDecreaseTolerance() * Math.max(Math.abs(value), 1e-30);
    }

    private boolean hasDiverged(double value) {
        double start = values.first();
        return value - start > DIVERGENCE_BOUND * Math.max(1, Math.abs(start)) || start - value > unboundedFall;
    }
}
