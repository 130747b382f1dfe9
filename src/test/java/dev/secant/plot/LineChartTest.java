package dev.secant.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineChartTest {

    private static final Pattern PATH = Pattern.compile("<path d=\"([^\"]*)\" stroke=\"([^\"]*)\"");

    @Test
    void equalFactorsTakeEqualLengthsOnALogarithmicAxis() {
        String svg = chart(true, new double[] {1, 10, 100}, new double[] {0, 0.5, 1});
        double[][] places = places(curve(svg));
        assertThat(places).hasDimensions(3, 2);
        assertThat(places[1][0] - places[0][0]).isPositive().isCloseTo(places[2][0] - places[1][0], within(0.2));
        assertThat(places[0][1] - places[1][1]).isPositive().isCloseTo(places[1][1] - places[2][1], within(0.2));
        assertThat(svg).contains(">1</text>", ">10</text>", ">100</text>");
    }

    @Test
    void countsAreWholeNumbersOnALinearAxis() {
        String svg = new LineChart("title", "steps", "gap", List.of(new LineChart.Series("a", new double[11]))).toSvg();
        assertThat(svg).contains(">0</text>", ">2</text>", ">10</text>");
    }

    @Test
    void whatAnAxisDoesNotAdmitLeavesAGap() {
        String svg = chart(true, new double[] {0, 1, 10, 100, 1000}, new double[] {0.5, 0, Double.NaN, 1, 1});
        // Zero has no place on a logarithmic axis, NaN none at all: a point by itself, then a line.
        assertThat(curve(svg).replaceAll("[^ML]", "")).isEqualTo("MML");
    }

    @Test
    void curvesOfOneNameShareAColourAndALineInTheLegend() {
        LineChart.Series rising = new LineChart.Series("same", new double[] {1, 2, 3});
        LineChart.Series falling = new LineChart.Series("same", new double[] {3, 2, 1});
        LineChart.Series other = new LineChart.Series("other", new double[] {2, 2, 2});
        String svg = new LineChart("title", "x", "y", List.of(rising, falling, other)).toSvg();
        assertThat(svg.split(">same</text>", -1)).hasSize(2);
        List<String> colours =
                PATH.matcher(svg).results().map(path -> path.group(2)).toList();
        assertThat(colours).hasSize(3 + 2);
        assertThat(colours.get(0)).isEqualTo(colours.get(1)).isNotEqualTo(colours.get(2));
    }

    @Test
    void namesAreEscaped() {
        String svg = new LineChart("a < b & c", "x", "y", List.of()).toSvg();
        assertThat(svg).contains("a &lt; b &amp; c");
    }

    private static String chart(boolean logarithmic, double[] xs, double[] ys) {
        return new LineChart(
                        "title",
                        new LineChart.Axis("x", logarithmic),
                        new LineChart.Axis("y", false),
                        List.of(new LineChart.Series("a", xs, ys)))
                .toSvg();
    }

    /** The first curve's path. */
    private static String curve(String svg) {
        return PATH.matcher(svg).results().findFirst().orElseThrow().group(1);
    }

    private static double[][] places(String path) {
        return Arrays.stream(path.split("[ML]"))
                .filter(place -> !place.isBlank())
                .map(place -> Arrays.stream(place.strip().split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }
}
