package dev.secant.optimizer.batch;

import dev.secant.optimizer.ThinnedColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The numbers of one item's recorded points, by column; all columns hold the same steps, see {@link ThinnedColumn}. */
final class HistoryColumns {

    private final int limit;
    private final ThinnedColumn values;
    private final ThinnedColumn gradientNorms;
    private final ThinnedColumn stepLengths;
    private final ThinnedColumn evaluationCounts;
    /** None until a method knows one. */
    private @Nullable ThinnedColumn secantResiduals;

    /**
     * Starts empty.
     *
     * @param limit points that are kept at most, besides the last; at least {@value ThinnedColumn#LEAST_LIMIT} are
     */
    HistoryColumns(int limit) {
        this.limit = Math.max(ThinnedColumn.LEAST_LIMIT, limit);
        this.values = new ThinnedColumn(this.limit);
        this.gradientNorms = new ThinnedColumn(this.limit);
        this.stepLengths = new ThinnedColumn(this.limit);
        this.evaluationCounts = new ThinnedColumn(this.limit);
    }

    /** Records a point; NaN where there is no secant residual. */
    void add(double value, double gradientNorm, double stepLength, int evaluations, double secantResidual) {
        if (secantResiduals == null && !Double.isNaN(secantResidual)) {
            secantResiduals = new ThinnedColumn(limit);
            for (int point = 0; point < values.count(); point++) {
                secantResiduals.add(Double.NaN);
            }
        }
        if (secantResiduals != null) {
            secantResiduals.add(secantResidual);
        }
        values.add(value);
        gradientNorms.add(gradientNorm);
        stepLengths.add(stepLength);
        evaluationCounts.add(evaluations);
    }

    /** How many points were recorded, those dropped since included. */
    int points() {
        return values.count();
    }

    /** The step of each point kept. */
    int[] steps() {
        return values.steps();
    }

    /** Hands over the values, once; so do the others. */
    double[] takeValues() {
        return values.take();
    }

    double[] takeGradientNorms() {
        return gradientNorms.take();
    }

    double[] takeStepLengths() {
        return stepLengths.take();
    }

    double[] takeSecantResiduals() {
        if (secantResiduals != null) {
            return secantResiduals.take();
        }
        double[] none = new double[steps().length];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    int[] takeEvaluationCounts() {
        return Arrays.stream(evaluationCounts.take())
                .mapToInt(count -> (int) count)
                .toArray();
    }
}
