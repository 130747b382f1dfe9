package dev.secant.checkpoint;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            return mul(off.square(), 100).add(head.sub(1).square()).sum(new int[] {1});
        };
        assertThat(median("secant-rosenbrock", valley, 2.048)).isLessThan(0.97 * median(new Lbfgs(), valley, 0, 2.048));
    }

    /** A hop looks to either side of a local minimum, and jumps many waves down the slope; where the minimum is does not matter. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.37, 3, 100})
    void onRastriginLeavesLocalMinimaWhereverTheGlobalOneIs(double place) {
        UnaryOperator<NDArray> waves = x -> {
            NDArray away = x.sub(place);
            return away.square()
                    .add(mul(mul(away, 2 * Math.PI).cos(), -10))
                    .add(10)
                    .sum(new int[] {1});
        };
        assertThat(median(OptimizerCheckpoint.optimizer(registry.get("secant-rastrigin")), waves, place, 5.12))
                .isLessThan(1e-3);
    }

    @Test
    void aCheckpointOfAnotherPresetIsRefused() {
        assertThatThrownBy(() -> SecantCheckpoint.optimizer(registry.get("quadratic")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("as-released");
    }

    private double median(String checkpoint, UnaryOperator<NDArray> function, double bound) {
        return median(OptimizerCheckpoint.optimizer(registry.get(checkpoint)), function, 0, bound);
    }

    private static double median(Optimizer optimizer, UnaryOperator<NDArray> function, double center, double bound) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            double[] start = new Random(99)
                    .doubles((long) ITEMS * N, center - bound, center + bound)
                    .toArray();
            NDArray x = Tensors.of(manager, start, new Shape(ITEMS, N));
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
