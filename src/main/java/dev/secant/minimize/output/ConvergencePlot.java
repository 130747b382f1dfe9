package dev.secant.minimize.output;

import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Convergence as an SVG plot. */
final class ConvergencePlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 440;
    private static final int MARGIN = 60;
    private static final double LEAST = 1e-16;

    private ConvergencePlot() {}

    /** Points drawn of a curve at most, about one a pixel. */
    private static final int POINTS = WIDTH;

    /**
     * The value above the least one found, against evaluations, logarithmic; baselines dashed. The items are gone through twice, so that
     * only one need be in memory.
     *
     * @throws IOException if the stream cannot be written to
     */
    static void write(MinimizationResult result, OutputStream stream) throws IOException {
        Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        int evaluations = 1;
        for (MinimizationItem item : result.items()) {
            for (MinimizationItem.Curve curve : item.curves()) {
                for (Double value : curve.values()) {
                    least = value == null ? least : Math.min(least, value);
                    most = value == null ? most : Math.max(most, value);
                }
                evaluations = Math.max(evaluations, curve.evaluations());
            }
        }
        double top = Math.ceil(Math.log10(Math.max(most - least, LEAST * 10)));
        double bottom = Math.max(Math.log10(LEAST), top - 18);
        out.write(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="%d" y="24" text-anchor="middle">value above the least found, by evaluations</text>
                """
                        .formatted(WIDTH, HEIGHT, WIDTH / 2));
        grid(out, top, bottom, evaluations);
        for (MinimizationItem item : result.items()) {
            line(out, item.curve(), least, top, bottom, evaluations, "stroke=\"#1b6ca8\"");
            if (item.baseline() != null) {
                line(
                        out,
                        item.baseline(),
                        least,
                        top,
                        bottom,
                        evaluations,
                        "stroke=\"#c0504d\" stroke-dasharray=\"5 3\"");
            }
        }
        MinimizationItem first = result.items().iterator().next();
        out.append("<text x=\"%d\" y=\"50\" fill=\"#1b6ca8\">%s</text>%n"
                .formatted(WIDTH - MARGIN - 140, first.curve().solver()));
        if (first.baseline() != null) {
            out.append("<text x=\"%d\" y=\"68\" fill=\"#c0504d\">%s</text>%n"
                    .formatted(WIDTH - MARGIN - 140, first.baseline().solver()));
        }
        out.append("</svg>\n").flush();
    }

    private static void grid(Writer out, double top, double bottom, int evaluations) throws IOException {
        for (double power = top; power >= bottom; power -= 3) {
            double y = y(Math.pow(10, power), top, bottom);
            out.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">1e%.0f</text>%n",
                    MARGIN,
                    WIDTH - MARGIN,
                    y,
                    y,
                    MARGIN - 6,
                    y + 4,
                    power));
        }
        out.append("<text x=\"%d\" y=\"%d\">0</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>%n"
                .formatted(MARGIN, HEIGHT - MARGIN + 18, WIDTH - MARGIN, HEIGHT - MARGIN + 18, evaluations));
    }

    private static void line(
            Writer out,
            MinimizationItem.Curve curve,
            double least,
            double top,
            double bottom,
            int evaluations,
            String stroke)
            throws IOException {
        out.append("<polyline fill=\"none\" stroke-width=\"1.5\" ")
                .append(stroke)
                .append(" points=\"");
        int size = curve.values().size();
        int every = (size + POINTS - 1) / POINTS;
        for (int point = 0; point < size; point++) {
            Double value = curve.values().get(point);
            if (value != null && (point % every == 0 || point == size - 1)) {
                double x = MARGIN
                        + (WIDTH - 2.0 * MARGIN) * curve.evaluationCounts().get(point) / evaluations;
                out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(value - least, top, bottom)));
            }
        }
        out.append("\"/>\n");
    }

    private static double y(double value, double top, double bottom) {
        double power = Math.max(Math.log10(Math.max(value, LEAST)), bottom);
        return MARGIN + (HEIGHT - 2.0 * MARGIN) * (top - power) / Math.max(1, top - bottom);
    }
}
