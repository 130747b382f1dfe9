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
import dev.secant.tensor.Autograd;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What formulas are worth, against values worked out by hand or by plain Java. */
class FormulaEvaluationTest {

    static final Map<String, ParameterValue> PARAMETERS = new LinkedHashMap<>();

    static {
        PARAMETERS.put("c", ParameterValue.scalar(3));
        PARAMETERS.put("b", ParameterValue.vector(1, -2, 4));
        PARAMETERS.put("A", ParameterValue.matrix(new double[][] {{1, 2, 3}, {4, 5, 6}}));
        PARAMETERS.put("S", ParameterValue.matrix(new double[][] {{2, -1, 0}, {-1, 2, -1}, {0, -1, 2}}));
    }

    /** At x = (0.5, -1.5, 2). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(x)|1",
                "x[1]|0.5",
                "x[n]|2",
                "x[2:3] @ x[1:2]|-3.75",
                "-x[3]^2|-4",
                "(-x[3])^2|4",
                "2^3^2 + 0*x[1]|512",
                "2^-1 + 0*x[1]|0.5",
                "x[3]^3 - x[2]^3|11.375",
                "x[2]^-2|0.4444444444444444",
                "x[1]^2.5|0.17677669529663687",
                "8 - 3 - 2 + 0*x[1]|3",
                "8 / 4 / 2 + 0*x[1]|1",
                "2 * x[1] / 4|0.25",
                "sum(1:n) + 0*x[1]|6",
                "sum((1:n) * x)|3.5",
                "sum(10:-5:0) + 0*x[1]|15",
                "sum(0:0.1:1) + 0*x[1]|5.5",
                "x[3:-1:1] @ [1, 10, 100]|37",
                "x[1:2:n] @ [1, 10]|20.5",
                "sum(A @ x)|10",
                "(A @ x)[1]|3.5",
                "sum([1, 1] @ A * x)|10",
                "sum((transpose(A) @ [1, 1]) * x)|10",
                "x @ S @ x|20.5",
                "sum(A @ S @ transpose(A)) + 0*x[1]|114",
                "sum(outer(x, b))|3",
                "outer(x, b)[2, 3]|-6",
                "sum(outer(x, b)[2, :])|-4.5",
                "sum(outer(x, b)[:, 3])|4",
                "sum(A[1:2, 2:3]) + 0*x[1]|16",
                "sum(A, 1) @ x|10",
                "sum(sum(A, 2)) + 0*x[1]|21",
                "mean(x)|0.3333333333333333",
                "mean(A) + 0*x[1]|3.5",
                "prod(x)|-1.5",
                "prod(A, 2)[2] + 0*x[1]|120",
                "min(x)|-1.5",
                "max(x)|2",
                "sum(max(x, 0))|2.5",
                "sum(min(x, b))|0.5",
                "norm(x)|2.5495097567963922",
                "norm(A)^2 + 0*x[1]|91",
                "dot(x, b)|11.5",
                "logsumexp(x)|2.2258020492315995",
                "logsumexp(1000 * x)|2000",
                "cumsum(x)[2]|-1",
                "sum(cumsum(x))|0.5",
                "sum(where(x > 0, x, -x))|4",
                "where(x[1] < x[2], 1, 2) + 0*x[1]|2",
                "sum(where(x > 0 and x < 1, 1, 0)) + 0*x[1]|1",
                "sum(where(not (x > 0 or x < -1), 1, 0)) + 0*x[1]|0",
                "sum(where(x == 2, 10, 0) + where(x != 2, 1, 0)) + 0*x[1]|12",
                "sum(where(x >= 2, 10, 0) + where(x <= 0.5, 1, 0)) + 0*x[1]|12",
                "sum(huber(x, 1))|2.625",
                "sum(abs(x))|4",
                "sum(sign(x))|1",
                "exp(x[1])|1.6487212707001282",
                "log(x[3])|0.6931471805599453",
                "sqrt(x[3])|1.4142135623730951",
                "sin(x[1]) + cos(x[1]) + tan(x[1])|1.9033105903383662",
                "asin(x[1]) + acos(x[1]) + atan(x[1])|2.0344439357957027",
                "sinh(x[1]) + cosh(x[1]) + tanh(x[1])|2.1108384279601378",
                "sigmoid(x[1])|0.6224593312018546",
                "softplus(x[1])|0.9740769841801067",
                "softplus(40 * x[3])|80",
                "sum(concat(1, x, c))|5",
                "concat(x, b)[5]|-2",
                "[x[1], 2 * x[2], 3] @ [1, 1, 1]|0.5",
                "sum([x, b][1, :] - [x, b][2, :])|-2",
                "reshape(concat(x, b), 2, 3)[2, 1]|1",
                "sum(reshape(concat(x, b), 3, 2) @ [1, 0])|0.5",
                "sum(zeros(2)) + sum(ones(2, 3)) + 0*x[1]|6",
                "length(x) + rows(A) + columns(A) + 0*x[1]|8",
                "let a = x^2; let s = sum(a); s + c|9.5",
                "c * x[1] + pi - pi|1.5",
                "sum(x / [1, 2, 4])|0.25",
                "1e3 * x[1] + .5 + 2.|502.5",
                "x[1] # a comment|0.5"
            })
    void isWorth(String source, double expected) {
        assertThat(value(source, 0.5, -1.5, 2)).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }

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
                NDArray x = Tensors.of(manager, new double[][] {{1, 2}, {3, 4}, {5, 6}});
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
            BoundObjective bound = compiled.bind(manager, DataType.FLOAT32, PARAMETERS);
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
                CompiledObjective.compile(Formula.parse("sum((transpose(A) @ A @ b) * x)"), 3, types("A", "b"));
        assertThat(compiled.cost().operations()).isEqualTo(2);
    }

    static Map<String, TensorType> types(String... names) {
        Map<String, TensorType> types = new HashMap<>();
        for (String name : names) {
            types.put(name, PARAMETERS.get(name).type());
        }
        return types;
    }

    static double value(String source, double... x) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            return bound(manager, source)
                    .apply(Tensors.of(manager, new double[][] {x}))
                    .getDouble(0);
        }
    }

    private static double[] gradient(String source, double... x) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ValueAndGradient both = Autograd.valueAndGradient(
                    bound(manager, source)::apply, Tensors.of(manager, new double[][] {x, {1, 1, 1}}));
            return java.util.Arrays.copyOf(both.gradient().toDoubleArray(), 3);
        }
    }

    private static BoundObjective bound(NDManager manager, String source) {
        return CompiledObjective.compile(Formula.parse(source), 3, types("A", "b", "c", "S"))
                .bind(manager, DataType.FLOAT64, PARAMETERS);
    }
}
