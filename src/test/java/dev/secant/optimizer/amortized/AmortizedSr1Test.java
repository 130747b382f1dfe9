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
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The method as a whole. */
class AmortizedSr1Test {

    private final NDManager manager = TensorRuntime.get().newManager(Device.cpu());

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void theRightStartNeedsOneStep() {
        NDArray start = Tensors.of(manager, new double[] {3, -2, 1}, new Shape(1, 3));
        NDArray weights = Tensors.of(manager, new double[] {1, 10, 100}, new Shape(1, 3));
        Objective objective = Objective.of(3, x -> x.square().mul(weights).sum(new int[] {1}));
        AmortizedSr1 optimizer = new AmortizedSr1(List.of(diagonal(2, 20, 200)), 4);
        try (Optimum optimum = optimizer.minimize(objective, start, StopRule.steps(1))) {
            assertThat(optimum.items().get(0).value()).isEqualTo(0, within(1e-20));
        }
    }

    @Test
    void oneStartForEachItem() {
        NDArray two = Tensors.of(manager, new double[] {1, 2}, new Shape(2, 1));
        AmortizedSr1 optimizer = new AmortizedSr1(List.of(diagonal(1)), 4);
        Objective objective = Objective.of(1, x -> x.square().sum(new int[] {1}));
        assertThatThrownBy(() -> optimizer.minimize(objective, two, StopRule.steps(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 model Hessians");
    }

    private static Cholesky diagonal(double... values) {
        double[][] matrix = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            matrix[i][i] = values[i];
        }
        return Cholesky.of(matrix, 0).orElseThrow();
    }
}
