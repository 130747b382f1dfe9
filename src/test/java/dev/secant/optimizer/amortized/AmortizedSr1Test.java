package dev.secant.optimizer.amortized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.linalg.Cholesky;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.vectors.Vectors;
import dev.secant.tensor.TensorRuntime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The given start and the corrections, against small cases worked out by hand. */
class AmortizedSr1Test {

    private final NDManager manager = TensorRuntime.get().newManager(Device.cpu());

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void withoutPairsItIsTheGivenInverse() {
        Cholesky hessian = Cholesky.of(new double[][] {{2, 1}, {1, 2}}, 0).orElseThrow();
        assertThat(new AmortizedInverseHessian(hessian, 4).times(new double[] {3, 0}))
                .containsExactly(new double[] {2, -1}, within(1e-12));
    }

    @Test
    void aPairIsRestoredExactly() {
        AmortizedInverseHessian model = new AmortizedInverseHessian(diagonal(10, 10, 10), 4);
        assertThat(model.learn(new double[] {1, 2, 0}, new double[] {1, 1, 1}, new double[] {-10, -20, 0}))
                .isTrue();
        assertThat(model.times(new double[] {1, 1, 1})).containsExactly(new double[] {1, 2, 0}, within(1e-12));
    }

    @Test
    void aStartThatIsTooLargeIsTakenFrom() {
        // f = x'x / 2 from g = (1, 0, 0) with B = 5 I: the whole step -5 g overshoots.
        AmortizedInverseHessian model = new AmortizedInverseHessian(diagonal(0.2, 0.2, 0.2), 4);
        assertThat(model.learn(new double[] {-5, 0, 0}, new double[] {-5, 0, 0}, new double[] {1, 0, 0}))
                .isTrue();
        assertThat(model.times(new double[] {1, 1, 1})).containsExactly(new double[] {1, 5, 5}, within(1e-12));
    }

    @Test
    void onAQuadraticAsManyPairsAsVariablesGiveTheInverse() {
        double[] curvature = {1, 4, 0.5};
        double[] x = {3, -2, 1};
        AmortizedInverseHessian model = new AmortizedInverseHessian(diagonal(1.4, 1.4, 1.4), 4);
        for (int k = 0; k < 3; k++) {
            double[] g = times(curvature, x);
            double[] p = model.descent(g);
            assertThat(model.learn(p, times(curvature, p), g)).isTrue();
            Vectors.add(x, 1, p);
        }
        assertThat(model.times(new double[] {1, 1, 1})).containsExactly(new double[] {1, 0.25, 2}, within(1e-9));
    }

    @Test
    void aPairThatWouldBreakDefinitenessIsSkipped() {
        AmortizedInverseHessian model = new AmortizedInverseHessian(diagonal(1, 1, 1), 4);
        // Negative curvature along the step.
        assertThat(model.learn(new double[] {1, 0, 0}, new double[] {-1, 0, 0}, new double[] {-1, 0, 0}))
                .isFalse();
        assertThat(model.times(new double[] {1, 2, 3})).containsExactly(1, 2, 3);
    }

    @Test
    void theOldestCorrectionGoesFirst() {
        AmortizedInverseHessian model = new AmortizedInverseHessian(diagonal(10, 10), 1);
        model.learn(new double[] {1, 0}, new double[] {1, 0}, new double[] {-10, 0});
        model.learn(new double[] {0, 1}, new double[] {0, 1}, new double[] {0, -10});
        assertThat(model.times(new double[] {1, 1})).containsExactly(new double[] {0.1, 1}, within(1e-12));
    }

    @Test
    void theRightStartNeedsOneStep() {
        NDArray start = manager.create(new double[] {3, -2, 1}, new Shape(1, 3));
        NDArray weights = manager.create(new double[] {1, 10, 100}, new Shape(1, 3));
        Objective objective = Objective.of(3, x -> x.square().mul(weights).sum(new int[] {1}));
        AmortizedSr1 optimizer = new AmortizedSr1(List.of(diagonal(2, 20, 200)), 4);
        try (Optimum optimum = optimizer.minimize(objective, start, StopRule.steps(1))) {
            assertThat(optimum.items().get(0).value()).isEqualTo(0, within(1e-20));
        }
    }

    @Test
    void oneStartForEachItem() {
        NDArray two = manager.create(new double[] {1, 2}, new Shape(2, 1));
        AmortizedSr1 optimizer = new AmortizedSr1(List.of(diagonal(1)), 4);
        Objective objective = Objective.of(1, x -> x.square().sum(new int[] {1}));
        assertThatThrownBy(() -> optimizer.minimize(objective, two, StopRule.steps(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 model Hessians");
    }

    private static double[] times(double[] diagonal, double[] x) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            product[i] = diagonal[i] * x[i];
        }
        return product;
    }

    private static Cholesky diagonal(double... values) {
        double[][] matrix = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            matrix[i][i] = values[i];
        }
        return Cholesky.of(matrix, 0).orElseThrow();
    }
}
