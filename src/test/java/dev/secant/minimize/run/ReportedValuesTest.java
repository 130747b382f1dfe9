package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.objective.array.ArrayEvaluator;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.tensor.OwnedMemoryTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Every value of an answer is the objective's value at the point that is answered beside it. */
class ReportedValuesTest {

    private static final int ROWS = 40;
    private static final int COLUMNS = 60;
    private static final int STEPS_BETWEEN_COLLECTIONS = 5;

    private final JsonMapper json = new JsonMapper();
    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(strings = {"lbfgs", "auto"})
    void aTransposedParameter(String solver) {
        double[] matrix = numbers(ROWS * COLUMNS);
        double[] b = numbers(COLUMNS);
        Map<String, ParameterValue> parameters = Map.of(
                "A", new ParameterValue(TensorType.matrix(ROWS, COLUMNS), matrix, false),
                "b", new ParameterValue(TensorType.vector(COLUMNS), b, false));
        check("sum(log(cosh(transpose(A) @ x - b)))", parameters, ROWS, solver.equals("auto") ? 100 : 400, solver);
    }

    @ParameterizedTest
    @CsvSource({"lm, 200", "lbfgs, 100"})
    void columnsOfATable(String solver, int starts) {
        Map<String, ParameterValue> parameters =
                Map.of("M", new ParameterValue(TensorType.matrix(30, 2), numbers(60), false));
        check("sum((M[:,2] - x[1] - x[2] * exp(x[3] * M[:,1]))^2)", parameters, 3, starts, solver);
    }

    private void check(
            String formula, Map<String, ParameterValue> parameters, int dimension, int starts, String solver) {
        Map<String, Object> numbers = new java.util.HashMap<>();
        parameters.forEach((name, value) -> numbers.put(name, nested(value)));
        String request = json.writeValueAsString(Map.of(
                "expression", formula,
                "dimension", dimension,
                "parameters", numbers,
                "sampling", Map.of("count", starts, "seed", 1, "lower", List.of(-1.0), "upper", List.of(1.0)),
                "solver", solver,
                "stop", Map.of("maxSteps", 60),
                "trajectory", Map.of("iterates", true)));
        MinimizationPlan plan = new RequestReader().read(json.readValue(request, MinimizationRequest.class));
        ArrayEvaluator reference = ArrayEvaluator.bind(plan.compiled(), parameters);
        AtomicInteger steps = new AtomicInteger();
        List<MinimizationItem> items = new Minimizer(Device.cpu(), SolverFactory.classical())
                .minimize(plan, optimizer -> {
                    if (steps.getAndIncrement() % STEPS_BETWEEN_COLLECTIONS == 0) {
                        OwnedMemoryTest.overwriteFreedMemory();
                    }
                })
                .items();
        assertThat(steps).hasPositiveValue();
        int points = 0;
        List<String> wrong = new ArrayList<>();
        for (MinimizationItem item : items) {
            for (MinimizationItem.Iterate iterate : item.curve().iterates()) {
                double[] x =
                        iterate.x().stream().mapToDouble(Double::doubleValue).toArray();
                double expected = reference.evaluate(0, x, new double[dimension]);
                double said = item.curve().values().get(iterate.step());
                points++;
                if (Math.abs(said - expected) > 1e-9 * (1 + Math.abs(expected))) {
                    wrong.add(said + " is not " + expected);
                }
            }
        }
        assertThat(points).isGreaterThan(starts);
        assertThat(wrong).as("of %d values", points).isEmpty();
        assertThat(items).noneMatch(item -> item.curve().termination().equals("NON_FINITE"));
    }

    private static Object nested(ParameterValue value) {
        if (value.type().rank() == 1) {
            return value.numbers();
        }
        int columns = value.type().dimensions().get(1);
        double[][] rows = new double[value.numbers().length / columns][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(value.numbers(), i * columns, (i + 1) * columns));
        return rows;
    }

    private double[] numbers(int count) {
        return random.doubles(count).map(u -> 2 * u - 1).toArray();
    }
}
