package dev.secant.evaluation.trial;

import dev.secant.plot.LineChart;
import java.util.Arrays;

/**
 * A performance profile: for each solver the share of cases that it solves within a factor tau of the best solver (Dolan
 * and Moré, Benchmarking optimization software with performance profiles, Math. Programming 91, 2002).
 *
 * <p>The measure of a solver on a case is the paper's, {@code (f_s - f*) / (f_worst - f*)} (L-SR1, arXiv 2508.12270, section
 * 5.1.2), {@code f_s} the lowest value within the budget and {@code f_worst} that of the solver with the highest. The
 * denominator belongs to the case, so it cancels in the ratio to the best solver.
 *
 * <p>Gaps that differ by less than a floor of 1e-12 of the start's gap are ties, and smaller gaps count as the floor: below
 * it is rounding. A solver without a decrease has not solved the case at any factor.
 */
public final class PerformanceProfile {

    /** Of the start's gap. */
    static final double FLOOR = 1e-12;

    /** By solver, then by case. */
    private final double[][] ratios;

    /**
     * From the gaps {@code f_s - f*}.
     *
     * @param gaps by solver, then by case; infinite where a solver does not take part
     * @param startGaps by case
     */
    PerformanceProfile(double[][] gaps, double[] startGaps) {
        ratios = new double[gaps.length][startGaps.length];
        for (int c = 0; c < startGaps.length; c++) {
            double floor = FLOOR * startGaps[c];
            double best = lowest(gaps, c);
            for (int s = 0; s < gaps.length; s++) {
                ratios[s][c] = ratio(gaps[s][c], best, floor, startGaps[c]);
            }
        }
    }

    private static double ratio(double gap, double best, double floor, double startGap) {
        if (!(gap < startGap)) {
            return Double.POSITIVE_INFINITY;
        }
        return gap <= best + floor ? 1 : gap / Math.max(best, floor);
    }

    private static double lowest(double[][] gaps, int c) {
        return Arrays.stream(gaps).mapToDouble(row -> row[c]).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** A solver's gap on a case over the best solver's; 1 for the best and infinite where it failed. */
    public double ratio(int solver, int c) {
        return ratios[solver][c];
    }

    /** rho: the share of all cases that a solver solves within a factor of the best. */
    public double share(int solver, double factor) {
        return (double) Arrays.stream(ratios[solver]).filter(r -> r <= factor).count() / ratios[solver].length;
    }

    /** rho as a step curve over tau, from 1 to a largest factor. */
    public LineChart.Series curve(int solver, String name, double largestFactor) {
        return LineChart.Series.cumulative(name, ratios[solver], 1, largestFactor);
    }

    /** The paper's measure of a gap among all solvers' gaps on the case; those that don't take part are passed over. */
    public static double measure(double gap, double[] gapsOfCase) {
        double worst = Arrays.stream(gapsOfCase).filter(Double::isFinite).max().orElse(Double.NaN);
        return worst > 0 ? gap / worst : 0;
    }
}
