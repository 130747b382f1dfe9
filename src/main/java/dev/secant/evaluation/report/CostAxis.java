package dev.secant.evaluation.report;

import dev.secant.evaluation.trial.CostTrial;
import dev.secant.plot.LineChart;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What steps cost along one axis, as tables and a figure.
 *
 * @param axis n, B or L
 * @param rest what is the same along it
 * @param solvers the methods' names
 * @param cells along the axis
 */
record CostAxis(String axis, String rest, List<String> solvers, List<Cell> cells) {

    static final double MEBIBYTE = 1 << 20;

    /**
     * One point of the axis.
     *
     * @param value where it is
     * @param costs of each solver
     */
    record Cell(int value, List<CostTrial.Cost> costs) {}

    /** The figure's file. */
    String figure() {
        return "cost-%s.svg".formatted(axis.toLowerCase(Locale.ROOT));
    }

    List<String> markdown() {
        List<String> lines = new ArrayList<>(List.of("", "## Against %s (%s)".formatted(axis, rest)));
        lines.add("");
        lines.addAll(table("ms a step, %s".formatted(axis), cost -> 1e3 * cost.seconds()));
        lines.add("");
        lines.addAll(table("heap allocated a step, MiB", cost -> mebibytes(cost.heapBytes())));
        lines.add("");
        lines.addAll(table("native memory at the peak, MiB", cost -> mebibytes(cost.nativeBytes())));
        lines.addAll(List.of("", "![Time a step](%s)".formatted(figure())));
        return lines;
    }

    private static double mebibytes(double bytes) {
        return bytes < 0 ? Double.NaN : bytes / MEBIBYTE;
    }

    private List<String> table(String title, ToDoubleFunction<CostTrial.Cost> measure) {
        MarkdownTable table = new MarkdownTable(
                Stream.concat(Stream.of(title), cells.stream().map(cell -> Integer.toString(cell.value())))
                        .toList());
        for (int s = 0; s < solvers.size(); s++) {
            int solver = s;
            table.row(Stream.concat(
                            Stream.of(solvers.get(s)),
                            cells.stream()
                                    .map(cell -> NumberFormats.format(
                                            measure.applyAsDouble(cell.costs().get(solver)))))
                    .toList());
        }
        return table.lines();
    }

    /** Milliseconds a step, both axes logarithmic. */
    LineChart chart() {
        double[] values = cells.stream().mapToDouble(Cell::value).toArray();
        return new LineChart(
                "Cost of a step, " + rest,
                new LineChart.Axis(axis, true),
                new LineChart.Axis("milliseconds", true),
                IntStream.range(0, solvers.size())
                        .mapToObj(s -> new LineChart.Series(
                                solvers.get(s),
                                values,
                                cells.stream()
                                        .mapToDouble(cell ->
                                                1e3 * cell.costs().get(s).seconds())
                                        .toArray()))
                        .toList());
    }
}
