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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives along directions, and the products with Hessians that they give. */
class DirectionalDerivativeTest {

    /** No round numbers: sums of those meet the kinks of the formulas, such as that of {@code huber(a, 0.6)}, exactly. */
    private static final double[] POINT = {0.318471, -0.732113, 1.092637};

    private static final double[] DIRECTION = {0.5, 1.2, -0.4};

    @Property(tries = 150)
    void theProductIsThatOfDifferences(@ForAll("formulas") String source) {
        checkAgainstDifferences(source, POINT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abs(x[1]) * x[2]^2 + abs(x[3])^3",
                "max(x)^3 + min(x)^2 * x[3]",
                "max(x[1], x[2])^2 + min(x[2]^2, x[3])^2",
                "sign(x[2]) * x[1]^3",
                "huber(2 * x[1], 0.1) + huber(x[2]^2, 5)",
                "where(x > 0, x^3, exp(x)) @ b",
                "prod(x)",
                "prod(A * outer(x, x))",
                "sum(prod(A * outer(x, x), 1)^2) + sum(prod(A + outer(x, b), 2))",
                "norm(x)^3 + sum(norm(outer(x, x), 1)) + sum(norm(A * outer(x, b), 2))",
                "logsumexp(300 * x) + sum(logsumexp(outer(x, x), 1)) + sum(logsumexp(outer(x, x), 2))",
                "sum(max(outer(x, b), 1)^2)",
                "x[3]^x[1] + (2 + x[2])^1.7 + x[3]^-2 + 2^x[1] + x[2]^20",
                "tan(x[1]) + asin(x[1]) * acos(x[2]) + atan(x[3])^2 + sinh(x[1]) * cosh(x[2])",
                "sigmoid(x[1]) * softplus(x[2]) * tanh(x[3]) * sqrt(x[3]) * log(x[3])",
                "x @ A @ x + sum((A @ outer(x, x))^2) + sum(cumsum(x)^3)",
                "sum([x[1], x[3]^2, c]^3) + sum(concat(x, x[1]^2)^2) + sum(transpose([x, b])^2)",
                "sum(reshape(x^2, 1, 3)^2) + x[3:-1:1] @ x^2",
                "3 * x[1] - x[2] / 4"
            })
    void everyOperationHasItsTangent(String source) {
        checkAgainstDifferences(source, POINT);
    }

    @Test
    void productsWithZeroFactorsAreExact() {
        // The Hessian of x1 x2 x3 x4 at (0, 0, 2, 3) has 6 at (1, 2), and nothing else.
        assertThat(product("prod(x)", Map.of(), new double[] {0, 0, 2, 3}, new double[] {1, 10, 100, 1000}))
                .containsExactly(60, 6, 0, 0);
    }

    @Test
    void aNormIsFlatAtTheOrigin() {
        assertThat(product("norm(x) + x[1]^2", Map.of(), new double[] {0, 0}, new double[] {1, 1})[0])
                .isEqualTo(2);
    }

    @Test
    void linearAndConstantFormulasHaveNoCurvature() {
        assertThat(product("sum(x)", Map.of(), new double[] {1, 2}, new double[] {3, 4}))
                .containsExactly(0, 0);
        assertThat(product("sign(x[1]) + 0 * x[2]", Map.of(), new double[] {1, 2}, new double[] {3, 4}))
                .containsExactly(0, 0);
    }

    @Test
    void aQuadraticsProductIsExact() {
        assertThat(product("x @ A @ x", Map.of("A", RandomFormulas.PARAMETERS.get("A")), POINT, new double[] {1, 0, 0}))
                .containsExactly(new double[] {2, -0.25, 0.05}, within(1e-15));
    }

    @Test
    void itemsWithParametersOfTheirOwnAreApart() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            CompiledObjective compiled =
                    CompiledObjective.compile(Formula.parse("c * sum(x^3)"), 2, Map.of("c", TensorType.SCALAR));
            ParameterValue each = new ParameterValue(TensorType.SCALAR, new double[] {1, 10, 100}, true);
            BoundObjective bound = compiled.bind(manager, DataType.FLOAT64, Map.of("c", each));
            NDArray x = Tensors.of(manager, new double[][] {{1, 2}, {3, 4}, {5, 6}});
            NDArray v = Tensors.of(manager, new double[][] {{1, 0}, {0, 1}, {1, 1}});
            assertThat(hessianVectorProduct(bound, x, v)).containsExactly(6, 0, 0, 240, 3000, 3600);
            assertThat(hessianVectorProduct(bound.select(new int[] {2, 1, 0}), x, v))
                    .containsExactly(600, 0, 0, 240, 30, 36);
            assertThat(hessianVectorProduct(bound.select(new int[] {2, 1, 0}).select(new int[] {1, 1, 1}), x, v))
                    .containsExactly(60, 0, 0, 240, 300, 360);
        }
    }

    private static void checkAgainstDifferences(String source, double[] point) {
        double[] product = product(source, RandomFormulas.PARAMETERS, point, DIRECTION);
        double[] wide = differences(source, point, 2e-4);
        double[] narrow = differences(source, point, 1e-4);
        for (int i = 0; i < 3; i++) {
            double scale = 1 + Math.abs(narrow[i]);
            // Where two widths disagree there is a kink between the points.
            Assume.that(Math.abs(wide[i] - narrow[i]) < 1e-7 * scale);
            assertThat(product[i]).as(source).isCloseTo(narrow[i], within(1e-6 * scale));
        }
    }

    /** Fourth-order differences of the gradient. */
    private static double[] differences(String source, double[] point, double h) {
        double[] offsets = {-2, -1, 1, 2};
        double[] weights = {1.0 / 12, -8.0 / 12, 8.0 / 12, -1.0 / 12};
        double[][] around = new double[4][];
        for (int k = 0; k < 4; k++) {
            around[k] = point.clone();
            for (int i = 0; i < point.length; i++) {
                around[k][i] += offsets[k] * h * DIRECTION[i];
            }
        }
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            BoundObjective bound = bind(manager, source, RandomFormulas.PARAMETERS, point.length);
            double[] gradients = Autograd.valueAndGradient(bound::apply, Tensors.of(manager, around))
                    .gradient()
                    .toDoubleArray();
            double[] result = new double[point.length];
            for (int k = 0; k < 4; k++) {
                for (int i = 0; i < result.length; i++) {
                    result[i] += weights[k] / h * gradients[k * result.length + i];
                }
            }
            return result;
        }
    }

    private static double[] product(String source, Map<String, ParameterValue> values, double[] point, double[] v) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            BoundObjective bound = bind(manager, source, values, point.length);
            double[] doubled = hessianVectorProduct(
                    bound, Tensors.of(manager, new double[][] {point, point}), Tensors.of(manager, new double[][] {v, v
                    }));
            double[] first = Arrays.copyOf(doubled, point.length);
            assertThat(Arrays.copyOfRange(doubled, point.length, doubled.length))
                    .containsExactly(first);
            return first;
        }
    }

    private static double[] hessianVectorProduct(BoundObjective bound, NDArray x, NDArray v) {
        if (!bound.compiled().hasCurvature()) {
            return new double[(int) x.size()];
        }
        return Autograd.valueAndGradient(z -> bound.directionalDerivative(z, v), x)
                .gradient()
                .toDoubleArray();
    }

    private static BoundObjective bind(
            NDManager manager, String source, Map<String, ParameterValue> values, int dimension) {
        Map<String, TensorType> types = new HashMap<>();
        values.forEach((name, value) -> types.put(name, value.type()));
        return CompiledObjective.compile(Formula.parse(source), dimension, types)
                .bind(manager, DataType.FLOAT64, values);
    }

    @Provide
    Arbitrary<String> formulas() {
        return Arbitraries.randomValue(random -> RandomFormulas.any(random, 4));
    }
}
