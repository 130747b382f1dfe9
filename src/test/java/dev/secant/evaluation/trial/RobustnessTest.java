package dev.secant.evaluation.trial;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.checkpoint.OptimizerCheckpoint;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.problems.DiagonalQuadratics;
import dev.secant.problems.ProblemFamily;
import dev.secant.problems.ProblemSet;
import dev.secant.problems.Rastrigin;
import dev.secant.problems.Rosenbrock;
import dev.secant.tensor.TensorRuntime;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checkpoint {@code general} on the paper's 30 problems, each also with the values and the variables in other units. */
class RobustnessTest {

    private static final List<ProblemFamily> FAMILIES = List.of(
            new DiagonalQuadratics(1),
            new DiagonalQuadratics(100),
            new DiagonalQuadratics(1000),
            new DiagonalQuadratics(10_000),
            new Rosenbrock(),
            new Rastrigin());
    private static final double[][] UNITS = {{1, 1}, {1e-6, 1}, {1e6, 1}, {1, 1e-3}, {1, 1e3}};

    private final Optimizer general =
            OptimizerCheckpoint.optimizer(CheckpointRegistry.bundled().get("general"));

    @ParameterizedTest
    @ValueSource(ints = {50, 100, 250, 500, 1000})
    void divergesOnNoneInAnyUnit(int n) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            for (ProblemFamily family : FAMILIES) {
                ProblemSet problems = family.draw(1, n, DataType.FLOAT64, new SplittableRandom(n), manager);
                for (double[] unit : UNITS) {
                    Objective scaled = new Scaled((ArrayObjective) problems.objective(), unit[0], unit[1]);
                    NDArray start = mul(problems.start(), unit[1]);
                    Optimum.Outcome outcome = general.minimize(
                                    scaled, start, StopRule.steps(60).withMaxEvaluations(60))
                            .items()
                            .get(0);
                    assertThat(outcome.termination())
                            .as("%s in units %s and %s", family.name(), unit[0], unit[1])
                            .isNotIn(Termination.DIVERGED, Termination.NON_FINITE);
                    double[] values = outcome.values();
                    for (int k = 1; k < values.length; k++) {
                        assertThat(values[k]).isLessThanOrEqualTo(values[k - 1] + 1e-14 * Math.abs(values[k - 1]));
                    }
                    assertThat(outcome.value()).isLessThan(0.6 * values[0]);
                }
            }
        }
    }

    /** {@code c f(x / u)}. */
    private record Scaled(ArrayObjective objective, double valueUnit, double pointUnit) implements ArrayObjective {

        @Override
        public int dimension() {
            return objective.dimension();
        }

        @Override
        public double evaluate(int item, double[] x, double[] gradient) {
            double[] plain = new double[x.length];
            for (int j = 0; j < x.length; j++) {
                plain[j] = x[j] / pointUnit;
            }
            double value = objective.evaluate(item, plain, gradient);
            for (int j = 0; j < x.length; j++) {
                gradient[j] *= valueUnit / pointUnit;
            }
            return valueUnit * value;
        }

        @Override
        public Objective select(int[] rows) {
            return this;
        }
    }
}
