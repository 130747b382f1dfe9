package dev.secant.evaluation.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.TestProblems;
import dev.secant.optimizer.firstorder.GradientDescent;
import dev.secant.tensor.TensorRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LearningRateSearchTest {

    /** Curvatures from 1 to 10: gradient descent is fastest at 2 / 11 and diverges above 2 / 10. */
    private final Objective quadratic = TestProblems.diagonalQuadratic(4, 10);

    private final NDManager manager = TensorRuntime.get().newManager(Device.cpu());
    private final NDArray starts = TestProblems.uniform(manager, 6, 4, 5, 1, DataType.FLOAT64);

    @AfterEach
    void close() {
        manager.close();
    }

    private static LearningRateSearch search(int steps, int extensions) {
        return new LearningRateSearch(GradientDescent::new, StopRule.steps(steps), extensions);
    }

    @Test
    void recordsEveryRateAndFindsTheBest() {
        LearningRateSearch.Report report = search(100, 0).search(quadratic, starts, 1e-3, 1, 4);
        assertThat(report.method()).isEqualTo(new GradientDescent(1).name());
        assertThat(report.tried()).hasSize(13);
        assertThat(report.tried().get(0).rate()).isEqualTo(1e-3);
        assertThat(report.tried().get(12).rate()).isEqualTo(1, within(1e-12));
        assertThat(report.best().rate()).isEqualTo(0.178, within(1e-3));
        assertThat(report.best().score()).isLessThan(1e-12);
        assertThat(report.bracketed()).isTrue();
        assertThat(report.tried())
                .allSatisfy(tried -> assertThat(tried.evaluations()).isPositive());
    }

    @Test
    void aRateThatDivergesLosesItsItems() {
        LearningRateSearch.Report report = search(500, 0).search(quadratic, starts, 0.1, 1, 1);
        LearningRateSearch.Tried high = report.tried().get(1);
        assertThat(high.failed()).isEqualTo(6);
        assertThat(high.score()).isEqualTo(1);
        assertThat(report.best().rate()).isEqualTo(0.1);
    }

    @Test
    void theGridGrowsToWhereTheBestRateIs() {
        LearningRateSearch.Report grown = search(100, 20).search(quadratic, starts, 1e-3, 1e-2, 4);
        assertThat(grown.best().rate()).isEqualTo(0.178, within(1e-3));
        assertThat(grown.bracketed()).isTrue();
        LearningRateSearch.Report stuck = search(100, 2).search(quadratic, starts, 1e-3, 1e-2, 4);
        assertThat(stuck.tried()).hasSize(7);
        assertThat(stuck.bracketed()).isFalse();
        LearningRateSearch.Report downwards = search(100, 20).search(quadratic, starts, 1, 10, 4);
        assertThat(downwards.best().rate()).isEqualTo(0.178, within(1e-3));
    }

    @Test
    void leavesNoArraysBehind() {
        int before = manager.getManagedArrays().size();
        search(10, 0).search(quadratic, starts, 1e-2, 1e-1, 2);
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void refusesAGridWithoutRates() {
        assertThatThrownBy(() -> search(1, 0).search(quadratic, starts, 1, 0.1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1.0 to 0.1");
    }
}
