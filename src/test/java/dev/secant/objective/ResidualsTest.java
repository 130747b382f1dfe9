package dev.secant.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.Formula;
import dev.secant.tensor.TensorRuntime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which formulas are sums of squares, and of what. */
class ResidualsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(x^2)",
                "sum(exp(x) + sin(x) * cos(x) + tan(x/4))",
                "sum(sinh(x) + cosh(x) + tanh(x) + sigmoid(x) + softplus(x) + atan(x))",
                "sum(asin(x/4) + acos(x/4) + sqrt(x + 3) + log(x + 3))",
                "sum(abs(x) + huber(x, 1)) + norm(x) + logsumexp(x) + prod(x) + mean(x)",
                "max(x) + min(x) + sum(max(x, 0.1)) + sum(min(x, b))",
                "x @ S @ x + sum(A @ x) + sum([1, 2] @ A * x)",
                "sum(outer(x, x)^2) + outer(x, b)[2, 3] + sum(sum(outer(x, x), 1)^2)",
                "sum(cumsum(x)^2) + sum(x[2:n] * x[1:n-1]) + sum(x[n:-1:1] * b)",
                "sum(where(x > 0, x^2, -x^3)) + sum(concat(1, x, x^2)^2)",
                "sum(logsumexp(outer(x, b), 2)) + sum(norm(outer(x, b), 1)) + sum(prod(outer(x, b), 2))",
                "sum(reshape(concat(x, x), 2, 3) @ transpose(reshape(concat(x, b), 2, 3)))",
                "sum([x, b, x^2] @ S) + sum(x @ [x, b, x^2]) + x[1]^x[3] + sum(x^7) + sum((x+3)^-3) + sum((x+3)^1.7)"
            })
    void hasTheGradientOfItsDifferences(String source) {
        double[] point = {0.5, -1.5, 2};
        double[] gradient = gradient(source, point);
        for (int i = 0; i < 3; i++) {
            double h = 1e-5;
            double[] up = point.clone();
            double[] down = point.clone();
            up[i] += h;
            down[i] -= h;
            double difference = (value(source, up) - value(source, down)) / (2 * h);
            assertThat(gradient[i])
                    .as("derivative %d", i + 1)
                    .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
        }
    }

    @Test
    void evaluatesRowsApart() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            CompiledObjective compiled =
                    CompiledObjective.compile(Formula.parse("c * sum(x) + b[1]"), 2, types("c", "b"));
            Map<String, ParameterValue> values = Map.of(
                    "c",
                    new ParameterValue(TensorType.SCALAR, new double[] {1, 10, 100}, true),
                    "b",
                    PARAMETERS.get("b"));
            try (BoundObjective bound = compiled.bind(manager, DataType.FLOAT64, values)) {
                NDArray x = manager.create(new double[][] {{1, 2}, {3, 4}, {5, 6}});
                assertThat(bound.apply(x).toDoubleArray()).containsExactly(4, 71, 1101);
                BoundObjective some = bound.select(new int[] {2, 0, 0});
                assertThat(some.apply(x).toDoubleArray()).containsExactly(301, 8, 12);
                assertThat(bound.isPerItem()).isTrue();
            }
        }
    }

    @Test
    void keepsFloat32() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            CompiledObjective compiled =
                    CompiledObjective.compile(Formula.parse("2.5 * sum(b * x^2) + pi"), 3, types("b"));
            BoundObjective bound = compiled.bind(manager, DataType.FLOAT32, FormulaEvaluationTest.PARAMETERS);
            NDArray value = bound.apply(manager.ones(new ai.djl.ndarray.types.Shape(2, 3), DataType.FLOAT32));
            assertThat(value.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(value.toFloatArray()[1]).isCloseTo(7.5f + (float) Math.PI, within(1e-5f));
        }
    }

    @Test
    void joinsCommonSubexpressionsAndFoldsConstants() {
        CompiledObjective once = CompiledObjective.compile(Formula.parse("let a = exp(x[1]); a + a^2"), 2, Map.of());
        CompiledObjective twice =
                CompiledObjective.compile(Formula.parse("exp(x[3 - 2]) + exp(x[1]) ^ (4/2)"), 2, Map.of());
        assertThat(twice.digest()).isEqualTo(once.digest());
        assertThat(once.cost().operations()).isEqualTo(4);
        assertThat(CompiledObjective.compile(Formula.parse("exp(x[1]) + exp(x[1]) ^ 3"), 2, Map.of())
                        .digest())
                .isNotEqualTo(once.digest());
    }

    @Test
    void computesWhatDoesNotDependOnXOnce() {
        CompiledObjective compiled =
                CompiledObjective.compile(Formula.parse("sum((transpose(A) @ A @ b) * x)"), 3, FormulaEvaluationTest.types("A", "b"));
        assertThat(compiled.cost().operations()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(x^2)",
                "100 * (x[2] - x[1]^2)^2 + (1 - x[1])^2",
                "0.5 * norm(A @ x - [1, 2])^2 + 3 * mean((x - b)^2)",
                "sum(100 * (x[2:n] - x[1:n-1]^2)^2 + (1 - x[1:n-1])^2) / 4 + dot(x, x)",
                "sum(outer(x, b)^2) + x[1]^4 + x @ x"
            })
    void findsResidualsOfSumsOfSquares(String source) {
        CompiledObjective compiled = CompiledObjective.compile(Formula.parse(source), 3, FormulaEvaluationTest.types("A", "b"));
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray x = manager.create(new double[][] {{0.5, -1.5, 2}});
            double[] residuals = compiled.residuals()
                    .orElseThrow()
                    .bind(manager, DataType.FLOAT64, FormulaEvaluationTest.PARAMETERS)
                    .apply(x)
                    .toDoubleArray();
            double sum = 0;
            for (double residual : residuals) {
                sum += residual * residual;
            }
            assertThat(sum).isCloseTo(FormulaEvaluationTest.value(source, 0.5, -1.5, 2), within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"sum(x^3)", "sum(x^2) - x[1]^2", "sum(x^2) + 1", "exp(sum(x^2))", "-2*sum(x^2)"})
    void findsNoResidualsElsewhere(String source) {
        assertThat(CompiledObjective.compile(Formula.parse(source), 3, Map.of()).residuals())
                .isEmpty();
    }
}
