package dev.secant.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A line chart as an SVG document. The same numbers give the same document.
 *
 * @param title above it
 * @param xLabel under the horizontal axis, which counts 0, 1, 2, ...
 * @param yLabel beside the vertical axis
 * @param series the curves
 */
record LineChart(String title, String xLabel, String yLabel, List<Series> series) {

    /**
     * One curve.
     *
     * @param name in the legend
     * @param values at 0, 1, 2, ...; values that are not finite leave a gap
     */
    record Series(String name, double[] values) {}

    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 64;
    private static final int TOP = 36;
    private static final int RIGHT = 210;
    private static final int BOTTOM = 48;
    private static final int TICKS = 5;

    /** Okabe and Ito's colours, which colour-blind readers can tell apart. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8a8a8a");

    private static final List<String> DASHES = List.of("", "6 3", "2 2");

    String toSvg() {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT));
        lines.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        lines.add(text(LEFT, 22, "start", title));
        lines.add(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", xLabel));
        lines.add(format(
                "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (TOP + HEIGHT - BOTTOM) / 2, escape(yLabel)));
        addAxes(lines);
        for (int i = 0; i < series.size(); i++) {
            addSeries(lines, i);
        }
        lines.add("</svg>");
        return String.join("\n", lines) + "\n";
    }

    private void addAxes(List<String> lines) {
        double step = Math.max(1e-12, (largest() - least()) / TICKS);
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = least() + tick * step;
            lines.add(format(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
                    LEFT, WIDTH - RIGHT, y(value), y(value)));
            lines.add(text(LEFT - 6, y(value) + 4, "end", format("%.3g", value)));
        }
        for (int tick = 0; tick <= TICKS; tick++) {
            int count = last() * tick / TICKS;
            lines.add(text(x(count), HEIGHT - BOTTOM + 16, "middle", Integer.toString(count)));
        }
    }

    private void addSeries(List<String> lines, int index) {
        String stroke = format(
                "stroke=\"%s\" stroke-width=\"1.8\" stroke-dasharray=\"%s\" fill=\"none\"",
                COLOURS.get(index % COLOURS.size()), DASHES.get(index / COLOURS.size() % DASHES.size()));
        StringBuilder path = new StringBuilder();
        boolean isDrawing = false;
        double[] values = series.get(index).values();
        for (int k = 0; k < values.length; k++) {
            if (Double.isFinite(values[k])) {
                path.append(format("%s%.1f %.1f ", isDrawing ? "L" : "M", x(k), y(values[k])));
            }
            isDrawing = Double.isFinite(values[k]);
        }
        lines.add(format("<path d=\"%s\" %s/>", path.toString().strip(), stroke));
        int legend = TOP + 10 + 18 * index;
        int from = WIDTH - RIGHT + 12;
        lines.add(format("<path d=\"M%d %d L%d %d\" %s/>", from, legend, from + 24, legend, stroke));
        lines.add(text(from + 30, legend + 4, "start", series.get(index).name()));
    }

    private double x(int k) {
        return LEFT + (WIDTH - RIGHT - LEFT) * (double) k / Math.max(1, last());
    }

    private double y(double value) {
        double range = Math.max(1e-12, largest() - least());
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - least()) / range;
    }

    private int last() {
        return series.stream().mapToInt(line -> line.values().length).max().orElse(1) - 1;
    }

    private double least() {
        return series.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .filter(Double::isFinite)
                .min()
                .orElse(0);
    }

    private double largest() {
        return series.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
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
