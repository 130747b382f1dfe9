package dev.secant.evaluation.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {

    @Test
    void equalFactorsTakeEqualLengthsOnALogarithmicAxis() {
        String svg = chart(true, new double[] {1, 10, 100}, new double[] {0, 0.5, 1});
        assertThat(svg).contains("<path d=\"M64.0 372.0 L287.0 204.0 L510.0 36.0\"");
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
        assertThat(svg).contains("<path d=\"M64.0 372.0 M361.3 36.0 L510.0 36.0\"");
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
}
