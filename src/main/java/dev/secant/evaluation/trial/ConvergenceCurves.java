package dev.secant.evaluation.trial;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * How a method gets on, averaged over problems. Gaps are {@code f_k - f*}; relative gaps are divided by {@code f_0 - f*} and
 * held within 1e-16 and 1e16, values that are not finite at the latter. A problem that stopped stays where it stopped.
 *
 * @param solver the method's name
 * @param meanGap mean gap of the k-th point, {@code [steps + 1]}
 * @param logGap mean log10 of the relative gap of the k-th point, {@code [steps + 1]}
 * @param evaluations mean evaluations used up to the k-th point, {@code [steps + 1]}
 * @param logGapAtEvaluations mean log10 of the relative gap of the best point reached with at most e evaluations, {@code
 *     [steps + 1]}; 0 for e = 0
 * @param medianGapAtEvaluations median gap of the best point reached with at most e evaluations, {@code [steps + 1]}; that
 *     of the start for e = 0
 * @param newtonCosine mean cosine between the k-th step and the Newton direction at its start, {@code [steps]}; NaN where unknown
 * @param secantResidual median {@code ||B q - p|| / ||p||} of the k-th step's pair, {@code [steps + 1]}; NaN where unknown
 * @param badSteps share of steps that raised the value
 */
public record ConvergenceCurves(
        String solver,
        double[] meanGap,
        double[] logGap,
        double[] evaluations,
        double[] logGapAtEvaluations,
        double[] medianGapAtEvaluations,
        double[] newtonCosine,
        double[] secantResidual,
        double badSteps) {

    private static final double LEAST_GAP = 1e-16;
    private static final double LARGEST_GAP = 1e16;

    /**
     * One problem's way. All arrays have one entry for each point, the start included.
     *
     * @param minimum the least value
     * @param values at the points
     * @param evaluations used up to the points
     * @param newtonCosines of the step to the point
     * @param secantResiduals of the step to the point
     */
    record Way(double minimum, double[] values, int[] evaluations, double[] newtonCosines, double[] secantResiduals) {

        double gap(int k) {
            double gap = values[Math.min(k, values.length - 1)] - minimum;
            // Rounding may put a value below the minimum.
            return Double.isFinite(gap) ? Math.max(gap, 0) : LARGEST_GAP;
        }

        double logGap(int k) {
            double relative = gap(k) / (values[0] - minimum);
            return Math.log10(Math.min(LARGEST_GAP, Math.max(LEAST_GAP, relative)));
        }

        double logGapAfter(int evaluationCount) {
            double best = 0;
            for (int k = 1; k < values.length && evaluations[k] <= evaluationCount; k++) {
                best = Math.min(best, logGap(k));
            }
            return best;
        }

        double gapAfter(int evaluationCount) {
            double best = gap(0);
            for (int k = 1; k < values.length && evaluations[k] <= evaluationCount; k++) {
                best = Math.min(best, gap(k));
            }
            return best;
        }
    }

    static ConvergenceCurves of(String solver, List<Way> ways, int steps) {
        double[] cosines = new double[steps];
        double[] residuals = new double[steps + 1];
        for (int k = 0; k <= steps; k++) {
            int point = k;
            residuals[k] = median(ways.stream()
                    .filter(way -> point < way.secantResiduals.length)
                    .mapToDouble(way -> way.secantResiduals[point]));
            if (k > 0) {
                cosines[k - 1] = ways.stream()
                        .filter(way -> point < way.newtonCosines.length)
                        .mapToDouble(way -> way.newtonCosines[point])
                        .filter(Double::isFinite)
                        .average()
                        .orElse(Double.NaN);
            }
        }
        return new ConvergenceCurves(
                solver,
                along(steps, k -> mean(ways, way -> way.gap(k))),
                along(steps, k -> mean(ways, way -> way.logGap(k))),
                along(steps, k -> mean(ways, way -> way.evaluations[Math.min(k, way.evaluations.length - 1)])),
                along(steps, e -> mean(ways, way -> way.logGapAfter(e))),
                along(steps, e -> median(ways.stream().mapToDouble(way -> way.gapAfter(e)))),
                cosines,
                residuals,
                badSteps(ways));
    }

    /** The mean gap of the points 1 to k: the paper's measure on quadratics, at k = 20. */
    public double meanGapUpTo(int k) {
        return Arrays.stream(meanGap, 1, k + 1).average().orElse(Double.NaN);
    }

    /** The mean cosine of the first steps. */
    public double meanCosineUpTo(int k) {
        return Arrays.stream(newtonCosine, 0, k)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** The mean over steps 2 to k of the median secant residual. */
    public double meanSecantResidualUpTo(int k) {
        return Arrays.stream(secantResidual, 2, k + 1)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private static double[] along(int steps, IntToDoubleFunction at) {
        double[] curve = new double[steps + 1];
        Arrays.setAll(curve, at);
        return curve;
    }

    private static double mean(List<Way> ways, java.util.function.ToDoubleFunction<Way> measure) {
        return ways.stream().mapToDouble(measure).average().orElse(Double.NaN);
    }

    private static double median(DoubleStream numbers) {
        double[] sorted = numbers.filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static double badSteps(List<Way> ways) {
        long bad = 0;
        long all = 0;
        for (Way way : ways) {
            for (int k = 1; k < way.values.length; k++) {
                all++;
                bad += way.values[k] <= way.values[k - 1] ? 0 : 1;
            }
        }
        return all == 0 ? 0 : (double) bad / all;
    }
}
