package dev.secant.objective.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.BoundObjective;
import dev.secant.objective.ObjectiveDefinition;
import dev.secant.objective.ParameterReader;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every entry: value and gradient against differences, and the value at the known optimum. */
class CatalogueTest {

    static Stream<String> names() {
        return Catalogue.standard().entries().stream().map(CatalogueEntry::name);
    }

    @Test
    void hasAllThirtyFiveOfMoreGarbowAndHillstromAndThirtyOthers() {
        assertThat(names().filter(name -> name.startsWith("mgh"))).hasSize(35);
        assertThat(names().filter(name -> !name.startsWith("mgh"))).hasSizeGreaterThanOrEqualTo(35);
    }

    @ParameterizedTest
    @MethodSource("names")
    void hasTheGradientOfItsDifferencesAtTheStart(String name) {
        CatalogueEntry entry = Catalogue.standard().find(name).orElseThrow();
        ObjectiveDefinition definition = definition(entry);
        int n = definition.dimension();
        double[] start = entry.start(n);
        for (int i = 0; i < n; i++) {
            // Not at the corner of a symmetric start, where wrong gradients may vanish too.
            start[i] += 1e-3 * Math.sin(i + 1) * Math.max(1e-3, Math.abs(start[i]));
        }
        double[] lower = entry.lower(n);
        double[] upper = entry.upper(n);
        assertThat(lower[0]).isLessThan(upper[0]);
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                BoundObjective objective =
                        definition.compile().bind(manager, DataType.FLOAT64, definition.parameters())) {
            double[] gradient = Autograd.valueAndGradient(objective::apply, Tensors.of(manager, new double[][] {start}))
                    .gradient()
                    .toDoubleArray();
            double[][] around = new double[4 * n][];
            double[] steps = new double[n];
            for (int i = 0; i < n; i++) {
                steps[i] = 2e-4 * Math.max(1e-2, Math.abs(start[i]));
                for (int k = 0; k < 4; k++) {
                    around[4 * i + k] = start.clone();
                    around[4 * i + k][i] += steps[i] * new double[] {1, -1, 2, -2}[k];
                }
            }
            double[] f = objective.apply(Tensors.of(manager, around)).toDoubleArray();
            double norm =
                    Math.sqrt(java.util.Arrays.stream(gradient).map(g -> g * g).sum());
            assertThat(norm).isFinite().isPositive();
            for (int i = 0; i < n; i++) {
                double difference = (8 * (f[4 * i] - f[4 * i + 1]) - (f[4 * i + 2] - f[4 * i + 3])) / (12 * steps[i]);
                double roundOff = 1e-15 * Math.abs(f[4 * i]) / steps[i];
                assertThat(gradient[i])
                        .as("derivative %d of %s", i + 1, name)
                        .isCloseTo(difference, within(1e-6 * norm + 10 * roundOff));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void hasTheKnownValueAtTheKnownOptimum(String name) {
        CatalogueEntry entry = Catalogue.standard().find(name).orElseThrow();
        ObjectiveDefinition definition = definition(entry);
        int n = definition.dimension();
        double[] optimum = entry.optimum(n);
        Double value = entry.value(n);
        if (optimum == null || value == null) {
            return;
        }
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                BoundObjective objective =
                        definition.compile().bind(manager, DataType.FLOAT64, definition.parameters())) {
            NDArray x = Tensors.of(manager, new double[][] {optimum});
            double scale = Math.max(1, Math.abs(value));
            assertThat(objective.apply(x).getDouble(0)).isCloseTo(value, within(1e-9 * scale));
        }
    }

    /** The optimum of these follows from their numbers: the gradient vanishes where normal equations hold. */
    @Test
    void drawsQuadraticsWithTheConditionAskedFor() {
        double[][] matrix = RandomQuadratic.matrix(12, 5, 1000);
        double trace = 0;
        double squares = 0;
        double expectedTrace = 0;
        double expectedSquares = 0;
        for (int i = 0; i < 12; i++) {
            double eigenvalue = Math.pow(1000, i / 11.0);
            expectedTrace += eigenvalue;
            expectedSquares += eigenvalue * eigenvalue;
            trace += matrix[i][i];
            for (int j = 0; j < 12; j++) {
                assertThat(matrix[i][j]).isCloseTo(matrix[j][i], within(1e-9));
                squares += matrix[i][j] * matrix[i][j];
            }
        }
        assertThat(trace).isCloseTo(expectedTrace, within(1e-8));
        assertThat(squares).isCloseTo(expectedSquares, within(1e-5));
        assertThat(matrix[0][1]).isNotZero();
        assertThat(RandomQuadratic.matrix(12, 6, 1000)[0][0]).isNotEqualTo(matrix[0][0]);
    }

    static ObjectiveDefinition definition(CatalogueEntry entry) {
        Map<String, ParameterValue> parameters = new HashMap<>();
        entry.parameters().forEach((name, json) -> parameters.put(name, ParameterReader.read(json)));
        Map<String, TensorType> types = new HashMap<>();
        parameters.forEach((name, value) -> types.put(name, value.type()));
        return ObjectiveDefinition.of(entry, entry.dimension(types), parameters);
    }
}
