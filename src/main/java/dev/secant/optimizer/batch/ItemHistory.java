package dev.secant.optimizer.batch;

import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The counters, the history and the fate of one item of a batch. */
public final class ItemHistory {

    /** A value may rise by this times {@code max(1, |f_0|)} above the start's before the item counts as diverged. */
    static final double DIVERGENCE_BOUND = 1e10;

    /** Values that differ by less than this many units of rounding are taken as equal. */
    public static final double ROUNDING_UNITS = 10;

    private final double epsilon;
    private final double unboundedFall;
    private final List<Point> points = new ArrayList<>();
    private int evaluations;
    private int safeguarded;
    private double secantResidual = Double.NaN;
    private double lowestValue = Double.NaN;
    private double resultValue = Double.NaN;
    private double resultGradientNorm = Double.NaN;
    private @Nullable Termination termination;

    private record Point(
            double value, double gradientNorm, double stepLength, double secantResidual, int evaluations) {}

    /**
     * Starts empty.
     *
     * @param epsilon the rounding unit of the arithmetic
     */
    ItemHistory(double epsilon) {
        this.epsilon = epsilon;
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
        points.add(new Point(value, gradientNorm, stepLength, secantResidual, evaluations));
        secantResidual = Double.NaN;
        boolean first = points.size() == 1;
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
        Point last = points.get(points.size() - 1);
        if (!Double.isFinite(last.value) || !Double.isFinite(last.gradientNorm)) {
            stop(Termination.NON_FINITE);
        } else if (last.gradientNorm <= rule.gradientTolerance() || isFlat(rule, last)) {
            stop(Termination.CONVERGED);
        } else if (hasDiverged(last.value)) {
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
                series(Point::value),
                series(Point::gradientNorm),
                series(Point::stepLength),
                series(Point::secantResidual),
                points.stream().mapToInt(Point::evaluations).toArray(),
                safeguarded);
    }

    private int steps() {
        return points.size() - 1;
    }

    private boolean isFlat(StopRule rule, Point last) {
        if (points.size() < 2 || rule.relativeDecreaseTolerance() == 0) {
            return false;
        }
        double change = Math.abs(points.get(points.size() - 2).value - last.value);
        return change <= rule.relativeDecreaseTolerance() * Math.max(Math.abs(last.value), 1e-30);
    }

    private boolean hasDiverged(double value) {
        double start = points.get(0).value;
        return value - start > DIVERGENCE_BOUND * Math.max(1, Math.abs(start)) || start - value > unboundedFall;
    }

    private double[] series(ToDoubleFunction<Point> field) {
        return points.stream().mapToDouble(field).toArray();
    }
}
