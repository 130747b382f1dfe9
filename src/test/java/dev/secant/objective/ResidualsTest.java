package dev.secant.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.syntax.Formula;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which formulas are sums of squares, and of what. */
class ResidualsTest {

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
        CompiledObjective compiled =
                CompiledObjective.compile(Formula.parse(source), 3, FormulaEvaluationTest.types("A", "b"));
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray x = Tensors.of(manager, new double[][] {{0.5, -1.5, 2}});
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
