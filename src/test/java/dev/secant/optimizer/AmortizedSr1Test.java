package dev.secant.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.TensorRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The learned start and the corrections, against small cases worked out by hand. */
class AmortizedSr1Test {

    private final NDManager manager = TensorRuntime.get().newManager(Device.cpu());

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void theStartIsADiagonalAndRankOneTerms() {
        RankOneInverseHessian inverse = RankOneInverseHessian.start(
                array(1, 2, 3), manager.create(new double[] {1, 0, 1}, new Shape(1, 1, 3)), 4);
        // diag(1, 2, 3) (1, 1, 1) + (1, 0, 1) 2
        assertThat(inverse.times(array(1, 1, 1)).toDoubleArray()).containsExactly(3, 2, 5);
    }

    @Test
    void aPairIsRestoredExactly() {
        RankOneInverseHessian inverse = start(0.1, 0.1, 0.1).learn(array(1, 2, 0), array(1, 1, 1), array(-10, -20, 0));
        assertThat(inverse.times(array(1, 1, 1)).toDoubleArray())
                .containsExactly(new double[] {1, 2, 0}, within(1e-12));
    }

    @Test
    void aStartThatIsTooLargeIsTakenFrom() {
        // f = x'x / 2 from g = (1, 0, 0) with B = 5 I: the whole step -5 g overshoots.
        RankOneInverseHessian after = start(5, 5, 5).learn(array(-5, 0, 0), array(-5, 0, 0), array(1, 0, 0));
        assertThat(after.times(array(1, 1, 1)).toDoubleArray()).containsExactly(new double[] {1, 5, 5}, within(1e-12));
    }

    @Test
    void onAQuadraticAsManyPairsAsVariablesGiveTheInverse() {
        double[] curvature = {1, 4, 0.5};
        double[] x = {3, -2, 1};
        RankOneInverseHessian inverse = start(0.7, 0.7, 0.7);
        for (int k = 0; k < 3; k++) {
            double[] g = times(curvature, x);
            double[] p = inverse.times(array(g)).neg().toDoubleArray();
            inverse = inverse.learn(array(p), array(times(curvature, p)), array(g));
            for (int i = 0; i < 3; i++) {
                x[i] += p[i];
            }
        }
        assertThat(inverse.times(array(1, 1, 1)).toDoubleArray())
                .containsExactly(new double[] {1, 0.25, 2}, within(1e-9));
        assertThat(inverse.pairs()).isEqualTo(3);
    }

    @Test
    void aPairThatWouldBreakDefinitenessIsSkipped() {
        // Negative curvature along the step.
        RankOneInverseHessian after = start(1, 1, 1).learn(array(1, 0, 0), array(-1, 0, 0), array(-1, 0, 0));
        assertThat(after.times(array(1, 2, 3)).toDoubleArray()).containsExactly(1, 2, 3);
    }

    @Test
    void theRightStartNeedsOneStep() {
        NDArray start = array(3, -2, 1);
        Objective objective = Objective.of(3, x -> x.square()
                .mul(manager.create(new double[] {1, 10, 100}, new Shape(1, 3)))
                .sum(new int[] {1}));
        AmortizedSr1 optimizer = new AmortizedSr1(
                array(0.5, 0.05, 0.005), manager.zeros(new Shape(1, 1, 3)).toType(start.getDataType(), true), 4);
        try (Optimum optimum = optimizer.minimize(objective, start, StopRule.steps(1))) {
            assertThat(optimum.items().get(0).value()).isEqualTo(0, within(1e-20));
        }
    }

    private static double[] times(double[] diagonal, double[] x) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            product[i] = diagonal[i] * x[i];
        }
        return product;
    }

    private RankOneInverseHessian start(double... diagonal) {
        return RankOneInverseHessian.start(array(diagonal), manager.create(new double[3], new Shape(1, 1, 3)), 4);
    }

    private NDArray array(double... values) {
        return manager.create(values, new Shape(1, values.length));
    }
}
