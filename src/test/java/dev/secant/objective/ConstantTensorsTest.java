package dev.secant.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.objective.array.ArrayEvaluator;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.Formula;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.OwnedMemoryTest;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a formula derives from its parameters alone stays as it was bound, for as long as it is evaluated. */
class ConstantTensorsTest {

    private static final int EVALUATIONS = 2_500;
    private static final double[] POINT = {0.3, -0.7, 1.1};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(log(cosh(transpose(C) @ x - b)))",
                "sum(exp(0.3 * (A[:,1] - x[2])))",
                "sum((A[2,:] - x)^2) + A[1,3] * x[1]",
                "sum(b[2:4] * x) + sum(b[4:-1:2] * x^2)",
                "sum((concat(b[1:2], [1]) - x)^2) + sum(concat(x, b)[2:5] * b[1:4])",
                "dot(A @ x, cumsum(A[:,3]))",
                "sum(where(b[1:3] > 0, x, -x)) + sum(max(b[1:3], x)) + max(b) * x[1]",
                "sum(mean(A, 1) * x) + sum(sum(A, 2)) * x[1] + norm(b[1:3]) * sum(x)",
                "sum(outer(b[1:3], b[1:3]) * outer(x, x)) + sum((1:3) * x) + (transpose(A) @ A)[2,3] * x[2]"
            })
    @SuppressWarnings("try") // The scope works by being open.
    void tensorsAgreeWithArraysUnderGarbageCollection(String source) {
        Random random = new Random(5);
        Map<String, ParameterValue> parameters = Map.of(
                "A", numbers(random, TensorType.matrix(5, 3)),
                "C", numbers(random, TensorType.matrix(3, 5)),
                "b", numbers(random, TensorType.vector(5)));
        CompiledObjective compiled = CompiledObjective.compile(Formula.parse(source), 3, types(parameters));
        double[] expected = new double[3];
        double value = ArrayEvaluator.bind(compiled, parameters).evaluate(0, POINT, expected);
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                BoundObjective bound = compiled.bind(manager, DataType.FLOAT64, parameters)) {
            NDArray x = Tensors.of(manager, POINT, new Shape(1, 3));
            for (int i = 0; i < EVALUATIONS; i++) {
                if (i % 500 == 0) {
                    OwnedMemoryTest.overwriteFreedMemory();
                }
                try (MemoryScope scope = MemoryScope.open()) {
                    ValueAndGradient result = Autograd.valueAndGradient(bound::apply, x);
                    assertThat(result.values().toDoubleArray()[0])
                            .isCloseTo(value, within(1e-12 * (1 + Math.abs(value))));
                    double[] gradient = result.gradient().toDoubleArray();
                    for (int k = 0; k < 3; k++) {
                        assertThat(gradient[k]).isCloseTo(expected[k], within(1e-12 * (1 + Math.abs(expected[k]))));
                    }
                }
            }
        }
    }

    private static Map<String, TensorType> types(Map<String, ParameterValue> parameters) {
        return parameters.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .type()));
    }

    private static ParameterValue numbers(Random random, TensorType type) {
        return new ParameterValue(
                type, random.doubles(type.elements()).map(u -> 2 * u - 1).toArray(), false);
    }
}
