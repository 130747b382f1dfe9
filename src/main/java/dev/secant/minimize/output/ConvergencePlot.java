package dev.secant.minimize.output;

import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationResult;
import dev.secant.plot.LineChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Convergence as an SVG plot. */
final class ConvergencePlot {

    /** Rounding of a value of about one. */
    private static final double LEAST_GAP = 1e-16;

    /** More than double precision has, so that what is cut off is rounding. */
    private static final double DRAWN_SHARE = 1e-18;

    private ConvergencePlot() {}

    /** Points drawn of all curves together at most. */
    private static final int POINTS = 200_000;

    /** Points drawn of a curve at most, about one a pixel. */
    private static final int POINTS_OF_A_CURVE = 720;

    /**
     * The value above the least one found, against evaluations, logarithmic; one colour a solver. The items are gone through twice, so
     * that only one need be in memory.
     */
    static String svg(MinimizationResult result) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int count = 0;
        for (MinimizationItem item : result.items()) {
            for (MinimizationItem.Curve curve : item.curves()) {
                count++;
                for (Double value : curve.values()) {
                    least = value == null ? least : Math.min(least, value);
                    most = value == null ? most : Math.max(most, value);
                }
            }
        }
        double floor = least <= most ? Math.max(LEAST_GAP, DRAWN_SHARE * (most - least)) : LEAST_GAP;
        double lowest = least <= most ? least : 0;
        int points = Math.max(2, Math.min(POINTS_OF_A_CURVE, POINTS / Math.max(1, count)));
        List<LineChart.Series> series = new ArrayList<>();
        for (MinimizationItem item : result.items()) {
            series.add(series(item.curve(), "", lowest, floor, points));
            if (item.baseline() != null) {
                series.add(series(item.baseline(), " (baseline)", lowest, floor, points));
            }
        }
        return new LineChart(
                        "Value above the least found",
                        new LineChart.Axis("evaluations", false),
                        new LineChart.Axis("value - least value", true),
                        series)
                .toSvg();
    }

    private static LineChart.Series series(
            MinimizationItem.Curve curve, String role, double least, double floor, int points) {
        int size = curve.values().size();
        int every = Math.max(1, (size + points - 1) / points);
        int[] drawn = IntStream.range(0, size)
                .filter(k -> k % every == 0 || k == size - 1)
                .toArray();
        double[] evaluations = Arrays.stream(drawn)
                .mapToDouble(k -> curve.evaluationCounts().get(k))
                .toArray();
        double[] gaps = Arrays.stream(drawn)
                .mapToDouble(k -> {
                    Double value = curve.values().get(k);
                    return value == null ? Double.NaN : Math.max(value - least, floor);
                })
                .toArray();
        return new LineChart.Series(curve.solver() + role, evaluations, gaps);
    }
}
