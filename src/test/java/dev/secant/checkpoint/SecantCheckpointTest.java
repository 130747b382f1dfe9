package dev.secant.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.Lbfgs;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.tensor.TensorRuntime;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The bundled checkpoints of the preset secant do what they were trained for, on starts they have not seen. */
class SecantCheckpointTest {

    private static final int ITEMS = 41;
    private static final int N = 30;

    private final CheckpointRegistry registry = CheckpointRegistry.bundled();

    @Test
    void onRosenbrockIsLowerThanLbfgsAfterFiftyEvaluations() {
        UnaryOperator<NDArray> valley = x -> {
            NDArray head = x.get(new NDIndex(":,0:" + (N - 1)));
            NDArray off = x.get(new NDIndex(":,1:")).sub(head.square());
            return off.square().mul(100).add(head.sub(1).square()).sum(new int[] {1});
        };
        assertThat(median("secant-rosenbrock", valley, 2.048)).isLessThan(0.97 * median(new Lbfgs(), valley, 2.048));
    }

    /** A hop looks to either side of a local minimum, and jumps many waves down the slope. */
    @Test
    void onRastriginLeavesLocalMinima() {
        UnaryOperator<NDArray> waves =
                x -> x.square().add(x.mul(2 * Math.PI).cos().mul(-10)).add(10).sum(new int[] {1});
        assertThat(median("secant-rastrigin", waves, 5.12)).isLessThan(0.1 * median(new Lbfgs(), waves, 5.12));
    }

    @Test
    void aCheckpointOfAnotherPresetIsRefused() {
        assertThatThrownBy(() -> SecantCheckpoint.optimizer(registry.get("quadratic")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("as-released");
    }

    private double median(String checkpoint, UnaryOperator<NDArray> function, double bound) {
        return median(OptimizerCheckpoint.optimizer(registry.get(checkpoint)), function, bound);
    }

    private static double median(Optimizer optimizer, UnaryOperator<NDArray> function, double bound) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            double[] start =
                    new Random(99).doubles((long) ITEMS * N, -bound, bound).toArray();
            NDArray x = manager.create(start, new Shape(ITEMS, N));
            assertThat(x.getDataType()).isEqualTo(DataType.FLOAT64);
            StopRule rule = StopRule.steps(1000).withMaxEvaluations(50);
            Optimum optimum = optimizer.minimize(Objective.of(N, function), x, rule);
            double[] values = optimum.items().stream()
                    .mapToDouble(Optimum.Outcome::value)
                    .sorted()
                    .toArray();
            return values[ITEMS / 2];
        }
    }
}
