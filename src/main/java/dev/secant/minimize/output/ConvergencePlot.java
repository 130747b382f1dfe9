package dev.secant.minimize.output;

import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationResult;
import dev.secant.plot.LineChart;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Convergence as an SVG plot. */
final class ConvergencePlot {

    /** Rounding of a value of about one. */
    private static final double LEAST_GAP = 1e-16;

    /** More than double precision has, so that what is cut off is rounding. */
    private static final double DRAWN_SHARE = 1e-18;

    private ConvergencePlot() {}

    /** The value above the least one found, against evaluations, logarithmic; one colour a solver. */
    static String svg(MinimizationResult result) {
        double[] values = curves(result)
                .flatMap(curve -> curve.values().stream())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        double floor = Math.max(LEAST_GAP, DRAWN_SHARE * (most - least));
        List<LineChart.Series> series = result.items().stream()
                .flatMap(item -> Stream.concat(
                        Stream.of(series(item.curve(), "", least, floor)),
                        Stream.ofNullable(item.baseline())
                                .map(baseline -> series(baseline, " (baseline)", least, floor))))
                .toList();
        return new LineChart(
                        "Value above the least found",
                        new LineChart.Axis("evaluations", false),
                        new LineChart.Axis("value - least value", true),
                        series)
                .toSvg();
    }

    private static Stream<MinimizationItem.Curve> curves(MinimizationResult result) {
        return result.items().stream().flatMap(item -> item.curves().stream());
    }

    private static LineChart.Series series(MinimizationItem.Curve curve, String role, double least, double floor) {
        double[] evaluations = curve.evaluationCounts().stream()
                .mapToDouble(Integer::doubleValue)
                .toArray();
        double[] gaps = curve.values().stream()
                .mapToDouble(value -> value == null ? Double.NaN : Math.max(value - least, floor))
                .toArray();
        return new LineChart.Series(curve.solver() + role, evaluations, gaps);
    }
}
