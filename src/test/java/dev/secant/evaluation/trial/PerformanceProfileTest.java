package dev.secant.evaluation.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.plot.LineChart;
import org.junit.jupiter.api.Test;

/** Two solvers on four cases that start at a gap of 1, worked out by hand. */
class PerformanceProfileTest {

    private static final double NONE = Double.POSITIVE_INFINITY;

    private final PerformanceProfile profile = new PerformanceProfile(
            new double[][] {
                {0.1, 0.2, 1e-14, 1},
                {0.3, 0.2, 0, NONE}
            },
            new double[] {1, 1, 1, 1});

    @Test
    void theBestSolverOfACaseHasTheRatioOne() {
        assertThat(profile.ratio(0, 0)).isEqualTo(1);
        assertThat(profile.ratio(1, 0)).isEqualTo(3, within(1e-12));
    }

    @Test
    void gapsBelowTheFloorAreTies() {
        assertThat(profile.ratio(0, 1)).isEqualTo(1);
        assertThat(profile.ratio(0, 2)).isEqualTo(1);
        assertThat(profile.ratio(1, 2)).isEqualTo(1);
        PerformanceProfile exact = new PerformanceProfile(new double[][] {{0}, {5e-12}}, new double[] {1});
        assertThat(exact.ratio(1, 0)).isEqualTo(5, within(1e-9));
    }

    @Test
    void whoDoesNotDescendOrTakePartSolvesNothing() {
        assertThat(profile.ratio(0, 3)).isInfinite();
        assertThat(profile.ratio(1, 3)).isInfinite();
    }

    @Test
    void sharesCountAllCases() {
        assertThat(profile.share(0, 1)).isEqualTo(0.75);
        assertThat(profile.share(1, 1)).isEqualTo(0.5);
        assertThat(profile.share(1, 3.1)).isEqualTo(0.75);
        assertThat(profile.share(1, 1e300)).isEqualTo(0.75);
    }

    @Test
    void thePapersMeasureIsRelativeToTheWorst() {
        assertThat(PerformanceProfile.measure(0.1, new double[] {0.1, 0.4, NONE}))
                .isEqualTo(0.25);
        assertThat(PerformanceProfile.measure(0, new double[] {0, 0})).isZero();
    }

    @Test
    void theCurveIsAStaircase() {
        LineChart.Series curve = profile.curve(1, "second", 10);
        assertThat(curve.xs()).containsExactly(new double[] {1, 3, 3, 10}, within(1e-9));
        assertThat(curve.ys()).containsExactly(0.5, 0.5, 0.75, 0.75);
    }
}
