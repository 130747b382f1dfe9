package dev.secant.objective.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.BoundObjective;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.RandomFormulas;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.Formula;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract between the two evaluators of a formula: one on arrays, one on tensors, the same numbers within rounding. */
class ArrayEvaluatorTest {

    private static final double[][] POINTS = {{0.3, -0.7, 1.1}, {-1.5, 0.2, 0.4}, {0, 0, 2}};
    private static final double[] DIRECTION = {0.5, 1.2, -0.4};

    /** Where the tensors are. */
    Device device() {
        return Device.cpu();
    }

    @Property(tries = 300)
    void agreesWithTensors(@ForAll("formulas") String source) {
        checkAgreement(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abs(x[1]) + sign(x[2]) * x[1]",
                "max(x[1], x[2]) + min(x[1], x[2]) + max(x[3], 2)",
                "max(x) * min(x) + max([x[1], x[2], 0.0 * x[3]])",
                "norm(x[1:2])",
                "prod(x) + prod(outer(x, x)) + sum(prod(outer(x, x), 1)) + sum(prod(outer(x, b), 2))",
                "x[1]^3 + abs(x[1])^1.5 + (0 * x[1])^2.5 + 2^x[2] + x[2]^20 + x[3]^-3",
                "log(x[1]) + sqrt(x[2]) + 1 / x[1]",
                "where(x[1] > 0, sqrt(x[1]), 0) + where(x[2] != 0, 1 / x[2], x[1])",
                "logsumexp(1000 * x) + sum(softplus(1000 * x)) + sum(sigmoid(1000 * x))",
                "sum(where(x >= 0 and not (x < b) or x == 1, x^2, -x))",
                "sum((A @ x)[3:-1:1] * x[1:2:3][1]) + (transpose(A) @ A)[2, 3] * x[1]",
                "sum(sum(A * outer(x, x), 1) @ transpose(A)) + sum(mean([x, b], 2)^2)",
                "sum(x)"
            })
    void agreesAtKinksAndPoles(String source) {
        checkAgreement(source);
    }

    @Test
    void itemsHaveTheirParameters() {
        ParameterValue each = new ParameterValue(TensorType.SCALAR, new double[] {1, 10, 100}, true);
        ArrayEvaluator evaluator = ArrayEvaluator.bind(
                CompiledObjective.compile(Formula.parse("(2 * c) * sum(x^2)"), 2, Map.of("c", TensorType.SCALAR)),
                Map.of("c", each));
        double[] gradient = new double[2];
        double[] x = {1, 2};
        assertThat(evaluator.evaluate(2, x, gradient)).isEqualTo(1000);
        assertThat(evaluator.evaluate(0, x, gradient)).isEqualTo(10);
        assertThat(gradient).containsExactly(4, 8);
        evaluator.hessianVectorProduct(1, x, new double[] {1, 2}, gradient);
        assertThat(gradient).containsExactly(40, 80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(log(x))                       | element 2 of log(x) is not a number, where element 2 of x is -0.7",
                "1 / (x[1] - 0.3) + x[2]           | 1 / (x[1] - 0.3) is infinite, where x[1] - 0.3 is 0",
                "exp(1000 * max(x[3], 0)) * x[1]   | exp(1000 * max(x[3], 0)) is infinite, where 1000 * max(x[3], 0) is 1100",
                "sqrt(x[1] - 0.3)                  | the derivative by x[1] - 0.3 is infinite",
                "log(-(x[2] * x[3])^2 + 1e-6*x[1]) | log((-((x[2] * x[3])^2)) + (0.000001 * x[1])) is not a number, where"
                        + " (-((x[2] * x[3])^2)) + (0.000001 * x[1]) is -0.5928997",
                "sum(log(c * x[1:2] - 5))          | element 1 of log((c * x[1:2]) - 5) is not a number, where element 1 of"
                        + " (c * x[1:2]) - 5 is -4.79"
            })
    void saysWhatIsNotFinite(String source, String reason) {
        CompiledObjective compiled = CompiledObjective.compile(Formula.parse(source), 3, RandomFormulas.types());
        ArrayEvaluator evaluator = ArrayEvaluator.bind(compiled, RandomFormulas.PARAMETERS);
        assertThat(evaluator.whyNotFinite(0, POINTS[0])).contains(reason);
        assertThat(evaluator.whyNotFinite(0, new double[] {9, 8, 0.00001})).isEmpty();
    }

    private void checkAgreement(String source) {
        CompiledObjective compiled = CompiledObjective.compile(Formula.parse(source), 3, RandomFormulas.types());
        ArrayEvaluator arrays = ArrayEvaluator.bind(compiled, RandomFormulas.PARAMETERS);
        try (NDManager manager = TensorRuntime.get().newManager(device());
                MemoryScope scope = MemoryScope.open();
                BoundObjective tensors = compiled.bind(manager, DataType.FLOAT64, RandomFormulas.PARAMETERS)) {
            NDArray x = scope.keep(Tensors.of(manager, POINTS));
            NDArray v = Tensors.of(manager, new double[][] {DIRECTION, DIRECTION, DIRECTION});
            ValueAndGradient first = Autograd.valueAndGradient(tensors::apply, x);
            ValueAndGradient second = compiled.hasCurvature()
                    ? Autograd.valueAndGradient(z -> tensors.directionalDerivative(z, v), x)
                    : new ValueAndGradient(tensors.directionalDerivative(x, v), x.zerosLike());
            for (int item = 0; item < POINTS.length; item++) {
                double[] gradient = new double[3];
                double value = arrays.evaluate(item, POINTS[item], gradient);
                checkSame(source, item, value, gradient, first);
                double derivative = arrays.hessianVectorProduct(item, POINTS[item], DIRECTION, gradient);
                checkSame("along " + source, item, derivative, gradient, second);
            }
        }
    }

    private static void checkSame(String what, int item, double value, double[] gradient, ValueAndGradient engine) {
        double scale = 1;
        double[] expected = engine.gradient().toDoubleArray();
        for (int i = 0; i < 3; i++) {
            double size = Math.abs(expected[item * 3 + i]);
            scale = Double.isFinite(size) ? Math.max(scale, size) : scale;
        }
        checkSame(what, value, engine.values().getDouble(item), 1);
        for (int i = 0; i < 3; i++) {
            checkSame(what, gradient[i], expected[item * 3 + i], scale);
        }
    }

    private static void checkSame(String what, double actual, double expected, double scale) {
        if (Double.isFinite(expected)) {
            assertThat(actual).as(what).isCloseTo(expected, within(1e-11 * Math.max(scale, Math.abs(expected))));
        } else {
            assertThat(Double.isFinite(actual))
                    .as("%s: %s is finite, %s is not", what, actual, expected)
                    .isFalse();
        }
    }

    @Provide
    Arbitrary<String> formulas() {
        return Arbitraries.randomValue(random -> RandomFormulas.any(random, 4));
    }
}
