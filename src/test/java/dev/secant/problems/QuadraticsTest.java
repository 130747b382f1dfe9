package dev.secant.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.evaluation.trial.ConvergenceCurves;
import dev.secant.evaluation.trial.ConvergenceTrial;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuadraticsTest {

    private static final int N = 6;

    @Test
    void theConditionIsJudgedByTheEigenvalues() {
        Quadratic quadratic = diagonal(1, 3, 50);
        assertThat(quadratic.isConditionedWithin(50.01)).isTrue();
        assertThat(quadratic.isConditionedWithin(49.9)).isFalse();
        assertThatThrownBy(() -> new Quadratics(0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("largestCondition (0.5)");
    }

    @Test
    void theHessianHasUnitNormAndTheLinearTermUnitLength() {
        Quadratic quadratic = Quadratic.draw(N, new SplittableRandom(1));
        double squares = Arrays.stream(quadratic.hessian())
                .flatMapToDouble(Arrays::stream)
                .map(entry -> entry * entry)
                .sum();
        assertThat(squares).isEqualTo(1, within(1e-12));
        assertThat(Quadratic.dot(quadratic.linear(), quadratic.linear())).isEqualTo(1, within(1e-12));
    }

    @Test
    void theNewtonDirectionLeadsToTheMinimum() {
        Quadratic quadratic = Quadratic.draw(N, new SplittableRandom(2));
        double[] x = {1, -2, 3, 0.5, -4, 2};
        double[] newton = quadratic.newtonDirection(x);
        for (int j = 0; j < N; j++) {
            x[j] += newton[j];
        }
        assertThat(quadratic.value(x)).isEqualTo(quadratic.minimum(), within(1e-9));
        double[] downhill = quadratic.times(x);
        for (int j = 0; j < N; j++) {
            assertThat(downhill[j] + quadratic.linear()[j]).isEqualTo(0, within(1e-9));
        }
    }

    @Test
    void gradientsAreThoseOfTheValues() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = new Quadratics().draw(3, N, DataType.FLOAT64, new SplittableRandom(3), manager);
            NDArray x = problems.start();
            double[] gradient = problems.objective().evaluate(x).gradient().toDoubleArray();
            double step = 1e-5;
            for (int j = 0; j < N; j++) {
                double[] unit = new double[3 * N];
                for (int b = 0; b < 3; b++) {
                    unit[b * N + j] = step;
                }
                NDArray shift = Tensors.of(manager, unit, new Shape(3, N));
                double[] above =
                        problems.objective().evaluate(x.add(shift)).values().toDoubleArray();
                double[] below =
                        problems.objective().evaluate(x.sub(shift)).values().toDoubleArray();
                for (int b = 0; b < 3; b++) {
                    assertThat(gradient[b * N + j]).isEqualTo((above[b] - below[b]) / (2 * step), within(1e-8));
                }
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameProblems() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            for (ProblemFamily family : new ProblemFamily[] {new Quadratics(1000), new Rosenbrock(), new Rastrigin()}) {
                assertThat(firstValues(family, 4, manager))
                        .containsExactly(firstValues(family, 4, manager))
                        .isNotEqualTo(firstValues(family, 5, manager));
            }
        }
    }

    @Test
    void knownMinimaAreMinima() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray ones = manager.ones(new Shape(1, N), DataType.FLOAT64);
            ProblemSet rosenbrock = new Rosenbrock().draw(1, N, DataType.FLOAT64, new SplittableRandom(6), manager);
            ProblemSet rastrigin = new Rastrigin().draw(1, N, DataType.FLOAT64, new SplittableRandom(6), manager);
            assertThat(rosenbrock.objective().evaluate(ones).values().toDoubleArray()[0])
                    .isEqualTo(rosenbrock.minima()[0]);
            assertThat(rastrigin.objective().evaluate(ones.zerosLike()).values().toDoubleArray()[0])
                    .isEqualTo(rastrigin.minima()[0], within(1e-12));
            assertThat(rastrigin.objective().evaluate(ones).values().toDoubleArray()[0])
                    .isEqualTo(N, within(1e-12));
        }
    }

    @Test
    void theKrylovLimitIsExactAfterNSteps() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = new Quadratics(100).draw(8, 4, DataType.FLOAT64, new SplittableRandom(7), manager);
            ConvergenceTrial trial = new ConvergenceTrial(problems, 20);
            ConvergenceCurves limit = trial.runKrylovLimit();
            assertThat(limit.logGap()[4]).isLessThan(-12);
            assertThat(limit.logGap()[3]).isGreaterThan(-6);
            assertThat(limit.badSteps()).isZero();
            // Its fourth and last step ends at the minimum, so it is the Newton direction.
            assertThat(limit.newtonCosine()[3]).isEqualTo(1, within(1e-4));
        }
    }

    /** Fresh seeds, so this is a test of the claim, not of the numbers in the report. */
    @Test
    void secantIsNearTheKrylovLimitAtEqualEvaluations() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = new Quadratics(1000).draw(24, 16, DataType.FLOAT64, new SplittableRandom(8), manager);
            ConvergenceTrial trial = new ConvergenceTrial(problems, 20);
            double[] secant = trial.run(new SecantQuasiNewton()).logGapAtEvaluations();
            double[] lbfgs =
                    trial.run(new dev.secant.optimizer.quasinewton.Lbfgs(16)).logGapAtEvaluations();
            double[] limit = trial.runKrylovLimit().logGapAtEvaluations();
            for (int evaluations : new int[] {10, 15}) {
                assertThat(secant[evaluations])
                        .as("at %d evaluations", evaluations)
                        .isLessThan(0.5 * (lbfgs[evaluations] + limit[evaluations]));
            }
        }
    }

    private static Quadratic diagonal(double... eigenvalues) {
        double[][] matrix = new double[eigenvalues.length][eigenvalues.length];
        double[] ones = new double[eigenvalues.length];
        Arrays.fill(ones, 1);
        for (int i = 0; i < eigenvalues.length; i++) {
            matrix[i][i] = eigenvalues[i];
        }
        return new Quadratic(matrix, ones);
    }

    private static double[] firstValues(ProblemFamily family, long seed, NDManager manager) {
        ProblemSet problems = family.draw(2, N, DataType.FLOAT64, new SplittableRandom(seed), manager);
        return problems.objective().evaluate(problems.start()).values().toDoubleArray();
    }
}
