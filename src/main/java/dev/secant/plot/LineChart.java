package dev.secant.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A line chart as an SVG document. The same numbers give the same document. Curves of one name have one colour and one entry in the
 * legend.
 *
 * @param title above it
 * @param xAxis the horizontal axis
 * @param yAxis the vertical axis
 * @param series the curves
 */
public record LineChart(String title, Axis xAxis, Axis yAxis, List<Series> series) {

    /**
     * An axis.
     *
     * @param label beside it
     * @param logarithmic whether equal factors take equal lengths; numbers that are not positive are then left out
     */
    public record Axis(String label, boolean logarithmic) {

        boolean admits(double number) {
            return Double.isFinite(number) && (!logarithmic || number > 0);
        }

        double place(double number) {
            return logarithmic ? Math.log10(number) : number;
        }
    }

    /**
     * One curve.
     *
     * @param name in the legend
     * @param xs where its points are, ascending
     * @param ys values there; values that the axis does not admit leave a gap
     */
    public record Series(String name, double[] xs, double[] ys) {

        /** Values at 0, 1, 2, ... */
        public Series(String name, double[] values) {
            this(name, IntStream.range(0, values.length).asDoubleStream().toArray(), values);
        }

        /** The share of numbers that are not above x, as a step curve from one x to another. */
        public static Series cumulative(String name, double[] numbers, double from, double to) {
            double[] sorted = DoubleStream.concat(
                            DoubleStream.of(from), Arrays.stream(numbers).filter(x -> x > from && x <= to))
                    .sorted()
                    .distinct()
                    .toArray();
            double[] xs = new double[2 * sorted.length];
            double[] ys = new double[xs.length];
            for (int i = 0; i < sorted.length; i++) {
                double x = sorted[i];
                xs[2 * i] = x;
                xs[2 * i + 1] = i + 1 < sorted.length ? sorted[i + 1] : to;
                double count =
                        Arrays.stream(numbers).filter(number -> number <= x).count();
                ys[2 * i] = count / numbers.length;
                ys[2 * i + 1] = ys[2 * i];
            }
            return new Series(name, xs, ys);
        }
    }

    /** Where the numbers of an axis lie. */
    private record Range(double least, double largest) {

        double share(double place) {
            return (place - least) / Math.max(1e-12, largest - least);
        }
    }

    private static final int WIDTH = 760;
    private static final int LEAST_HEIGHT = 420;
    private static final int LEGEND_ROW = 18;
    private static final int LEFT = 64;
    private static final int TOP = 36;
    private static final int RIGHT = 250;
    private static final int BOTTOM = 48;
    private static final int TICKS = 5;

    /** Okabe and Ito's colours, which colour-blind readers can tell apart. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8a8a8a");

    private static final List<String> DASHES = List.of("", "6 3", "2 2");

    /** With linear axes. */
    public LineChart(String title, String xLabel, String yLabel, List<Series> series) {
        this(title, new Axis(xLabel, false), new Axis(yLabel, false), series);
    }

    /** A long legend makes a higher figure. */
    private int height() {
        return Math.max(LEAST_HEIGHT, TOP + LEGEND_ROW * (names().size() + 1));
    }

    private List<String> names() {
        return series.stream().map(Series::name).distinct().toList();
    }

    /** The document. */
    public String toSvg() {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, height()));
        lines.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        lines.add(text(LEFT, 22, "start", title));
        lines.add(text((LEFT + WIDTH - RIGHT) / 2.0, height() - 12, "middle", xAxis.label()));
        lines.add(format(
                "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (TOP + height() - BOTTOM) / 2, escape(yAxis.label())));
        Range across = range(xAxis, Series::xs);
        Range up = range(yAxis, Series::ys);
        for (double tick : ticks(yAxis, up)) {
            double y = y(tick, up);
            lines.add(format(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
                    LEFT, WIDTH - RIGHT, y, y));
            lines.add(text(LEFT - 6, y + 4, "end", label(yAxis, tick)));
        }
        for (double tick : ticks(xAxis, across)) {
            lines.add(text(x(tick, across), height() - BOTTOM + 16, "middle", label(xAxis, tick)));
        }
        List<String> names = names();
        series.forEach(curve -> lines.add(curve(curve, stroke(names.indexOf(curve.name())), across, up)));
        for (int i = 0; i < names.size(); i++) {
            lines.addAll(legend(i, names.get(i)));
        }
        lines.add("</svg>");
        return String.join("\n", lines) + "\n";
    }

    /** Fifths of a linear axis, whole decades of a logarithmic one. */
    private static double[] ticks(Axis axis, Range range) {
        if (!axis.logarithmic()) {
            return IntStream.rangeClosed(0, TICKS)
                    .mapToDouble(tick -> range.least + tick * (range.largest - range.least) / TICKS)
                    .toArray();
        }
        int first = (int) Math.ceil(range.least - 1e-9);
        int last = (int) Math.floor(range.largest + 1e-9);
        int stride = Math.max(1, (last - first + TICKS) / TICKS);
        return IntStream.rangeClosed(first, last)
                .filter(decade -> (decade - first) % stride == 0)
                .asDoubleStream()
                .toArray();
    }

    private static String label(Axis axis, double place) {
        if (axis.logarithmic()) {
            return place >= 0 && place < 4 ? format("%.0f", Math.pow(10, place)) : format("1e%.0f", place);
        }
        return place == Math.rint(place) ? format("%.0f", place) : format("%.3g", place);
    }

    private static String stroke(int index) {
        return format(
                "stroke=\"%s\" stroke-width=\"1.8\" stroke-dasharray=\"%s\" fill=\"none\"",
                COLOURS.get(index % COLOURS.size()), DASHES.get(index / COLOURS.size() % DASHES.size()));
    }

    private String curve(Series curve, String stroke, Range across, Range up) {
        StringBuilder path = new StringBuilder();
        boolean isDrawing = false;
        for (int k = 0; k < curve.ys().length; k++) {
            boolean shown = xAxis.admits(curve.xs()[k]) && yAxis.admits(curve.ys()[k]);
            if (shown) {
                path.append(format(
                        "%s%.1f %.1f ",
                        isDrawing ? "L" : "M",
                        x(xAxis.place(curve.xs()[k]), across),
                        y(yAxis.place(curve.ys()[k]), up)));
            }
            isDrawing = shown;
        }
        return format("<path d=\"%s\" %s/>", path.toString().strip(), stroke);
    }

    private static List<String> legend(int index, String name) {
        int row = TOP + 10 + LEGEND_ROW * index;
        int from = WIDTH - RIGHT + 12;
        return List.of(
                format("<path d=\"M%d %d L%d %d\" %s/>", from, row, from + 24, row, stroke(index)),
                text(from + 30, row + 4, "start", name));
    }

    private static double x(double place, Range range) {
        return LEFT + (WIDTH - RIGHT - LEFT) * range.share(place);
    }

    private double y(double place, Range range) {
        return height() - BOTTOM - (height() - BOTTOM - TOP) * range.share(place);
    }

    private Range range(Axis axis, Function<Series, double[]> numbers) {
        DoublePredicate admitted = axis::admits;
        double[] places = series.stream()
                .flatMapToDouble(curve -> Arrays.stream(numbers.apply(curve)))
                .filter(admitted)
                .map(axis::place)
                .toArray();
        return new Range(
                Arrays.stream(places).min().orElse(0),
                Arrays.stream(places).max().orElse(1));
    }

    private static String text(double x, double y, String anchor, String content) {
        return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escape(content));
    }

    private static String escape(String content) {
        return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
