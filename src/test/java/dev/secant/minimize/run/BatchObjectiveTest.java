package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.BoundsTransform;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.Formula;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.firstorder.Adam;
import dev.secant.optimizer.newton.NewtonCg;
import dev.secant.optimizer.quasinewton.Bfgs;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link BatchObjective}: on arrays and on tensors it is one function. */
class BatchObjectiveTest {

    private static final double[][] POINTS = {{0.3, -0.7, 1.1, 0.2}, {-1.5, 0.2, 0.4, 2.5}, {0.9, -0.1, -2, 0.6}};
    private static final double[][] DIRECTIONS = {{1, 0.5, -0.2, 0.3}, {-0.4, 2, 0.1, 0.7}, {0.6, -0.3, 1.5, -1}};
    private static final int STEPS = 100;
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final BoundsTransform[] TRANSFORMS = {
        new BoundsTransform(new double[] {-1, -NONE, 0, -NONE}, new double[] {2, 3, NONE, NONE}),
        new BoundsTransform(new double[] {-NONE, -NONE, -NONE, -NONE}, new double[] {NONE, NONE, NONE, NONE}),
        new BoundsTransform(new double[] {0, 0, 0, 0}, new double[] {1, 2, 3, 4})
    };
    private static final String COUPLED =
            "c * sum((x[2:n] - x[1:n-1]^2)^2) + dot(x, A @ x) + sum(exp(0.3 * x) * cos(x - b))";

    private final NDManager manager = TensorRuntime.get().newManager(Device.cpu());

    /** Which boxes, and whether each item has parameters of its own. */
    record Setting(boolean bounded, boolean ownParameters) {}

    static Stream<Setting> settings() {
        return Stream.of(
                new Setting(false, false), new Setting(true, false), new Setting(false, true), new Setting(true, true));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void itIsOneFunctionOnArraysAndOnTensors(Setting setting) {
        try (BatchObjective objective = objective(setting)) {
            checkAgreement(objective, new int[] {0, 1, 2});
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void soAreSelectionsOfSelections(Setting setting) {
        try (BatchObjective objective = objective(setting)) {
            checkAgreement(objective.select(new int[] {2, 0, 0}), new int[] {2, 0, 0});
            checkAgreement(objective.select(new int[] {2, 0, 1}).select(new int[] {2, 0}), new int[] {1, 2});
        }
    }

    @Test
    void itemsDifferWhereTheirParametersDo() {
        try (BatchObjective objective = objective(new Setting(false, true))) {
            double[] gradient = new double[4];
            double first = objective.evaluate(0, POINTS[0], gradient);
            assertThat(objective.evaluate(1, POINTS[0], gradient)).isNotCloseTo(first, within(1e-3));
            assertThat(objective.select(new int[] {1, 0}).evaluate(1, POINTS[0], gradient))
                    .isEqualTo(first);
        }
    }

    @Test
    void float32StaysOnTensors() {
        try (BatchObjective objective =
                BatchObjective.bind(formula(), parameters(false), null, manager, DataType.FLOAT32)) {
            assertThat(objective.suits(1)).isFalse();
        }
    }

    @Test
    void largeBatchesOfCostlyItemsStayOnTensors() {
        try (BatchObjective objective = objective(new Setting(false, false))) {
            assertThat(objective.suits(1)).isTrue();
            assertThat(objective.suits(100_000)).isFalse();
        }
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(new Lbfgs(), new SecantQuasiNewton(), new Sr1(), new Bfgs(), new NewtonCg(), new Adam(0.05));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void minimizationsEndAlike(Optimizer optimizer) {
        try (BatchObjective objective = objective(new Setting(true, true));
                NDArray start = Tensors.of(manager, POINTS);
                Optimum arrays = optimizer.minimize(objective, start, StopRule.steps(STEPS));
                Optimum tensors = optimizer.minimize(new OnTensors(objective), start, StopRule.steps(STEPS))) {
            for (int item = 0; item < POINTS.length; item++) {
                Optimum.Outcome ours = arrays.items().get(item);
                Optimum.Outcome theirs = tensors.items().get(item);
                assertThat(ours.values()[0]).isCloseTo(theirs.values()[0], within(1e-12));
                assertThat(ours.value())
                        .as("%s, item %d", optimizer.name(), item)
                        .isLessThan(ours.values()[0])
                        .isCloseTo(theirs.value(), within(1e-9 * Math.max(1, Math.abs(theirs.value()))));
            }
        }
    }

    private void checkAgreement(BatchObjective objective, int[] items) {
        double[][] points = new double[items.length][];
        double[][] directions = new double[items.length][];
        for (int k = 0; k < items.length; k++) {
            points[k] = POINTS[items[k]];
            directions[k] = DIRECTIONS[items[k]];
        }
        assertThat(objective.suits(items.length)).isTrue();
        OnTensors tensors = new OnTensors(objective);
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray x = scope.keep(Tensors.of(manager, points));
            NDArray v = Tensors.of(manager, directions);
            ValueAndGradient expected = tensors.evaluate(x);
            double[] gradients = expected.gradient().toDoubleArray();
            double[] gradient = new double[4];
            for (int k = 0; k < items.length; k++) {
                assertThat(objective.evaluate(k, points[k], gradient))
                        .isCloseTo(expected.values().getDouble(k), within(1e-12));
                for (int i = 0; i < 4; i++) {
                    assertThat(gradient[i]).isCloseTo(gradients[4 * k + i], within(1e-11));
                }
            }
            assertThat(objective.evaluate(x).gradient().toDoubleArray()).containsExactly(gradients, within(1e-11));
            assertThat(objective.hessianVectorProduct(x, v).toDoubleArray())
                    .containsExactly(tensors.hessianVectorProduct(x, v).toDoubleArray(), within(1e-10));
        }
    }

    private BatchObjective objective(Setting setting) {
        return BatchObjective.bind(
                formula(),
                parameters(setting.ownParameters),
                setting.bounded ? TRANSFORMS : null,
                manager,
                DataType.FLOAT64);
    }

    private static CompiledObjective formula() {
        return CompiledObjective.compile(
                Formula.parse(COUPLED),
                4,
                Map.of("c", TensorType.SCALAR, "A", TensorType.matrix(4, 4), "b", TensorType.vector(4)));
    }

    private static Map<String, ParameterValue> parameters(boolean own) {
        int items = own ? 3 : 1;
        double[] c = new double[items];
        double[] b = new double[items * 4];
        double[] a = new double[items * 16];
        for (int item = 0; item < items; item++) {
            c[item] = 2 + item;
            for (int i = 0; i < 4; i++) {
                b[item * 4 + i] = 0.3 * i - 0.2 * item;
                for (int j = 0; j < 4; j++) {
                    a[item * 16 + i * 4 + j] = (i == j ? 3 + item : 0.1 * (i - 2 * j));
                }
            }
        }
        return Map.of(
                "c", new ParameterValue(TensorType.SCALAR, c, own),
                "b", new ParameterValue(TensorType.vector(4), b, own),
                "A", new ParameterValue(TensorType.matrix(4, 4), a, own));
    }

    /** The same objective, on tensors only. */
    private record OnTensors(BatchObjective objective) implements Objective {

        @Override
        public int dimension() {
            return objective.dimension();
        }

        @Override
        public ValueAndGradient evaluate(NDArray x) {
            return Autograd.valueAndGradient(objective::apply, x);
        }

        @Override
        public NDArray hessianVectorProduct(NDArray x, NDArray direction) {
            return objective.productsOnTensors(x, direction);
        }

        @Override
        public Objective select(int[] items) {
            return new OnTensors(objective.select(items));
        }
    }
}
