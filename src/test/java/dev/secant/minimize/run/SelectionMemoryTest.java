package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.BoundsTransform;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.Formula;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.tensor.NativeMemory;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Items of one batch end one after the other, so that each step selects the parameters and bounds of those left. All the selections
 * together would take 640 MiB.
 */
class SelectionMemoryTest {

    private static final int ITEMS = 128;
    private static final int N = 4096;
    private static final int WINDOWS = 4;
    private static final long ALLOWED = 200L << 20;
    private static final Observer ONE_STEP_MORE_EACH = new Observer() {
        @Override
        public StopRule ruleOf(int item, StopRule rule) {
            return StopRule.steps(1 + item);
        }
    };

    @Test
    void selectionsAreFreedDuringTheRun() {
        Assumptions.assumeTrue(NativeMemory.bytes().isPresent(), "The system does not say how large the process is.");
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                BatchObjective objective = objective(manager)) {
            minimize(objective); // heap and code have their size then
            int arrays = manager.getManagedArrays().size();
            long least = Long.MAX_VALUE;
            for (int window = 0; window < WINDOWS && least >= ALLOWED; window++) {
                long before = NativeMemory.bytes().orElseThrow();
                minimize(objective);
                least = Math.min(least, NativeMemory.bytes().orElseThrow() - before);
            }
            assertThat(manager.getManagedArrays()).hasSize(arrays);
            assertThat(least).as("bytes grown in the quietest window").isLessThan(ALLOWED);
        }
    }

    @Test
    void aReleasedSelectionIsGoneAndTheObjectiveIsNot() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                BatchObjective objective = objective(manager)) {
            BatchObjective selected = objective.select(new int[] {1, 0});
            double[][] points = {new double[N], new double[N]};
            assertThat(selected.apply(Tensors.of(manager, points).toType(DataType.FLOAT32, false))
                            .getShape()
                            .get(0))
                    .isEqualTo(2);
            objective.release(selected);
            assertThatThrownBy(() -> selected.apply(Tensors.of(manager, points).toType(DataType.FLOAT32, false)))
                    .isInstanceOf(IllegalStateException.class);
            objective.release(objective);
            assertThat(objective
                            .apply(Tensors.of(manager, new double[ITEMS][N]).toType(DataType.FLOAT32, false))
                            .getShape()
                            .get(0))
                    .isEqualTo(ITEMS);
        }
    }

    private static void minimize(BatchObjective objective) {
        double[][] starts = new double[ITEMS][N];
        Random random = new Random(1);
        for (double[] start : starts) {
            Arrays.setAll(start, i -> random.nextDouble());
        }
        new Lbfgs(2)
                .minimize(
                        objective,
                        Points.of(starts, DataType.FLOAT32),
                        Execution.on(Device.cpu()).with(Storage.TENSORS),
                        StopRule.steps(ITEMS),
                        ONE_STEP_MORE_EACH)
                .close();
    }

    /** With a vector and bounds of its own for each item. */
    private static BatchObjective objective(NDManager manager) {
        double[] factors = new double[ITEMS * N];
        BoundsTransform[] bounds = new BoundsTransform[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            double[] lower = new double[N];
            double[] upper = new double[N];
            Arrays.fill(lower, -1 - item);
            Arrays.fill(upper, 2 + item);
            bounds[item] = new BoundsTransform(lower, upper);
            for (int i = 0; i < N; i++) {
                factors[item * N + i] = 1 + (i * 37 + item) % 1000;
            }
        }
        return BatchObjective.bind(
                CompiledObjective.compile(
                        Formula.parse("sum(c * (x - 0.3)^2) + sum(x[2:n] * x[1:n-1])"),
                        N,
                        Map.of("c", TensorType.vector(N))),
                Map.of("c", new ParameterValue(TensorType.vector(N), factors, true)),
                bounds,
                manager,
                DataType.FLOAT32);
    }
}
