package dev.secant.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.array.ArrayEvaluator;
import dev.secant.objective.syntax.Builtin;
import dev.secant.objective.syntax.Formula;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the language on a single argument, or on one of a single element: the engine treats some of these apart (a
 * concatenation of one array is a copy, and its copies have no history), and a gradient that is lost must not be a zero.
 */
class SingleArgumentTest {

    private static final double[][] POINTS = {{0.4, -0.3, 0.7}, {0.9, 0.2, 0.6}};

    private static final Map<Builtin, List<String>> CALLS = calls();

    private static Map<Builtin, List<String>> calls() {
        Map<Builtin, List<String>> calls = new EnumMap<>(Builtin.class);
        for (Builtin builtin : Builtin.values()) {
            String name = builtin.written();
            calls.put(
                    builtin,
                    switch (builtin) {
                        case EXP,
                                LOG,
                                SQRT,
                                SIN,
                                COS,
                                TAN,
                                ASIN,
                                ACOS,
                                ATAN,
                                SINH,
                                COSH,
                                TANH,
                                SIGMOID,
                                SOFTPLUS,
                                ABS,
                                SIGN,
                                SQUARE -> List.of(name + "(x[1])", name + "([x[1]])[1]", "sum(" + name + "(x[1:1]))");
                        case HUBER -> List.of("huber(x[1], 0.5)", "huber([x[1]], 0.5)[1]");
                        case SUM, MEAN, PROD, NORM, LOGSUMEXP ->
                            Stream.of(
                                            "x[1]",
                                            "[x[1]]",
                                            "x[1:1]",
                                            "[[x[1]]]",
                                            "x",
                                            "[x]",
                                            "[x], 1",
                                            "[x], 2",
                                            "[[x[1]]], 1")
                                    .map(argument -> "sum(square(%s(%s)))".formatted(name, argument))
                                    .toList();
                        case MIN, MAX ->
                            List.of(
                                    "%s(x[1])^2".formatted(name),
                                    "%s([x[1]])^2".formatted(name),
                                    "%s([x])^2".formatted(name),
                                    "%s([x[1]], 0.1)[1]^2".formatted(name),
                                    "%s([x[1]], [x[2]])[1]^2".formatted(name));
                        case DOT -> List.of("dot([x[1]], [x[1]])", "dot(x[1:1], [2])");
                        case OUTER ->
                            List.of("outer([x[1]], [x[1]])[1, 1]", "sum(outer([x[1]], x)^2)", "sum(outer(x, [2])^2)");
                        case TRANSPOSE -> List.of("sum(transpose([x])^2)", "transpose([[x[1]]])[1, 1]^2");
                        case CUMSUM -> List.of("sum(cumsum([x[1]])^2)", "cumsum(x[1:1])[1]^2");
                        case WHERE ->
                            List.of(
                                    "where(x[1] > 0, x[1]^2, 2)",
                                    "where([x[1]] > 0, [x[1]], [2])[1]^2",
                                    "where(x[1] > 0, 1, 2)");
                        case CONCAT ->
                            List.of(
                                    "sum(concat(x[1])^2)",
                                    "sum(concat(x)^2)",
                                    "concat([x[1]])[1]^2",
                                    "concat(x[1], 2)[1]^2");
                        case RESHAPE -> List.of("reshape(x[1:1], 1, 1)[1, 1]^2", "reshape(x, 1, 3)[1, 2]^2");
                        case ZEROS, ONES ->
                            List.of(
                                    "sum((x[1] + %s(1))^2)".formatted(name),
                                    "sum((x[1] + %s(1, 1))^2)".formatted(name));
                        case LENGTH -> List.of("length([x[1]]) * x[1]^2");
                        case ROWS -> List.of("rows([x]) * x[1]^2");
                        case COLUMNS -> List.of("columns([[x[1]]]) * x[1]^2");
                    });
        }
        return calls;
    }

    /** What is written with signs and brackets. */
    private static final List<String> SIGNS = List.of(
            "x[1]",
            "-x[1]",
            "[x[1]][1]^2",
            "[x][1, 2]^2",
            "[[x[1]]][1, 1]^2",
            "sum([x]^2)",
            "sum([x[1], x[2]]^2)",
            "x[1:1][1]^2",
            "x[1:-1:1][1]^2",
            "[x][1, :][3]^2",
            "[x][:, 2][1]^2",
            "([x] @ x)[1]^2",
            "(x @ transpose([x]))[1]^2",
            "([[x[1]]] @ [[x[1]]])[1, 1]",
            "([x[1]] @ [[2]])[1]^2",
            "([[2]] @ [x[1]])[1]^2",
            "([x[1]] @ [x[2]])^2",
            "sum([x[1]] + [2])^2",
            "sum([x[1]] * [2] - [x[1]] / [3])^2",
            "sum([x[1]] ^ [2])",
            "sum(2 ^ [x[1]])",
            "let r = [x[1]]; r[1]^2 + x[2]^2",
            "where(not ([x[1]] > 0), [x[1]], [2 * x[1]])[1]^2");

    static Stream<Arguments> formulas() {
        return Stream.concat(CALLS.values().stream().flatMap(List::stream), SIGNS.stream())
                .flatMap(formula ->
                        Stream.of(DataType.FLOAT64, DataType.FLOAT32).map(type -> Arguments.of(formula, type)));
    }

    @Test
    void everyFunctionIsAmongThem() {
        assertThat(CALLS).containsOnlyKeys(Builtin.values());
    }

    /** Beside another use of x, so that what is lost is a part of the gradient only; and alone. */
    @ParameterizedTest
    @MethodSource("formulas")
    void hasTheGradientOfArrays(String formula, DataType type) {
        checkAgreement(formula, type);
        checkAgreement(formula + " + x[3]^2", type);
    }

    private static void checkAgreement(String formula, DataType type) {
        CompiledObjective compiled = CompiledObjective.compile(Formula.parse(formula), 3, Map.of());
        ArrayEvaluator arrays = ArrayEvaluator.bind(compiled, Map.of());
        double tolerance = type == DataType.FLOAT64 ? 1e-13 : 1e-5;
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                BoundObjective tensors = compiled.bind(manager, type, Map.of())) {
            NDArray x = Tensors.of(manager, POINTS).toType(type, false);
            ValueAndGradient both = compiled.hasGradient()
                    ? Autograd.valueAndGradient(tensors::apply, x)
                    : new ValueAndGradient(tensors.apply(x), x.zerosLike());
            double[] values = both.values().toType(DataType.FLOAT64, false).toDoubleArray();
            double[] gradients = both.gradient().toType(DataType.FLOAT64, false).toDoubleArray();
            for (int item = 0; item < POINTS.length; item++) {
                double[] gradient = new double[3];
                assertThat(values[item])
                        .as(formula)
                        .isCloseTo(arrays.evaluate(item, POINTS[item], gradient), within(tolerance));
                for (int i = 0; i < 3; i++) {
                    assertThat(gradients[3 * item + i])
                            .as("%s, derivative %d", formula, i + 1)
                            .isCloseTo(gradient[i], within(tolerance * Math.max(1, Math.abs(gradient[i]))));
                }
            }
        }
    }
}
