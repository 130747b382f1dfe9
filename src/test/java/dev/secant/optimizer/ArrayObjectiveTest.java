package dev.secant.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An objective on arrays and one on tensors, and a method on arrays and on tensors, give the same numbers. */
class ArrayObjectiveTest {

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void evaluatesTensors(DataType type) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray x = TestProblems.uniform(manager, 3, 5, 2, 1, type);
            ValueAndGradient arrays = TestProblems.rosenbrockOnArrays(5).evaluate(x);
            ValueAndGradient tensors = TestProblems.rosenbrock(5).evaluate(x);
            assertThat(arrays.values().getDataType()).isEqualTo(type);
            double tolerance = type == DataType.FLOAT32 ? 1e-2 : 1e-9;
            assertThat(HostArrays.doubles(arrays.values()))
                    .containsExactly(HostArrays.doubles(tensors.values()), within(tolerance));
            assertThat(HostArrays.doubles(arrays.gradient()))
                    .containsExactly(HostArrays.doubles(tensors.gradient()), within(tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void lbfgsTakesTheSameStepsOnArraysAndTensors(DataType type) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray start = TestProblems.uniform(manager, 4, 20, 2, 1, type);
            StopRule rule = StopRule.steps(15);
            Optimum arrays = new Lbfgs().minimize(TestProblems.rosenbrockOnArrays(20), start, rule);
            Optimum tensors =
                    new OnStorage(new Lbfgs(), Storage.TENSORS).minimize(TestProblems.rosenbrock(20), start, rule);
            double tolerance = type == DataType.FLOAT32 ? 1e-2 : 1e-8;
            for (int item = 0; item < 4; item++) {
                double[] expected = tensors.items().get(item).values();
                double[] values = arrays.items().get(item).values();
                assertThat(values).hasSameSizeAs(expected);
                for (int k = 0; k < values.length; k++) {
                    assertThat(values[k]).isEqualTo(expected[k], within(tolerance * (1 + expected[k])));
                }
                assertThat(Arrays.stream(values).min())
                        .hasValue(arrays.items().get(item).value());
            }
        }
    }
}
