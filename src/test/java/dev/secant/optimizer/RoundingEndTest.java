package dev.secant.optimizer;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.Optimum.Outcome;
import dev.secant.optimizer.newton.LevenbergMarquardt;
import dev.secant.optimizer.newton.NewtonCg;
import dev.secant.optimizer.newton.NonlinearConjugateGradient;
import dev.secant.optimizer.quasinewton.Bfgs;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot get better in double precision has converged, and is told from what has stalled. */
class RoundingEndTest {

    private static final double[][] START = {{-1.2, 1}};
    private static final double UNREACHABLE = 1e-14;

    static Stream<Arguments> methods() {
        return Stream.of(
                        new Lbfgs(),
                        new Bfgs(),
                        new NonlinearConjugateGradient(),
                        new NewtonCg(),
                        new Sr1(),
                        new SecantQuasiNewton())
                .flatMap(method -> Arrays.stream(Storage.values()).map(storage -> Arguments.of(method, storage)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("methods")
    void aValueThatCannotFallFurtherHasConverged(Optimizer method, Storage storage) {
        Objective lifted = Objective.of(2, x -> TestProblems.rosenbrockValues(x).add(1e5));
        StopRule rule = StopRule.steps(2_000).withGradientTolerance(UNREACHABLE);
        Outcome outcome = new OnStorage(method, storage)
                .minimize(lifted, START, rule)
                .items()
                .get(0);
        assertThat(outcome.termination()).isEqualTo(Termination.CONVERGED);
        assertThat(outcome.convergence()).isIn(Convergence.ROUNDING, Convergence.GRADIENT);
        assertThat(outcome.value()).isLessThan(1e5 + 1e-9);
    }

    /** The gradient's rounding is far above its tolerance: without an end at rounding every method stalls here. */
    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("methods")
    void largeSumsEndByRounding(Optimizer method, Storage storage) {
        double[] slopes = new java.util.Random(1).doubles(40L * 5, -1, 1).toArray();
        Objective sums = Objective.of(5, x -> {
            NDArray rows = Tensors.of(x.getManager(), slopes, new Shape(5, 40));
            return mul(x.matMul(rows).sub(2).square().add(1).sqrt().sum(new int[] {1}), 1e10);
        });
        StopRule rule = StopRule.steps(2_000).withGradientTolerance(1e-8);
        Outcome outcome = new OnStorage(method, storage)
                .minimize(sums, new double[][] {{1, -2, 3, 1, 2}}, rule)
                .items()
                .get(0);
        assertThat(outcome.termination()).isEqualTo(Termination.CONVERGED);
        assertThat(outcome.convergence()).isIn(Convergence.ROUNDING, Convergence.GRADIENT);
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("methods")
    void aGradientThatDoesNotAgreeHasStalled(Optimizer method, Storage storage) {
        Outcome outcome = new OnStorage(method, storage)
                .minimize(new WrongGradient(), START, StopRule.steps(2_000).withGradientTolerance(1e-8))
                .items()
                .get(0);
        assertThat(outcome.termination()).isNotEqualTo(Termination.CONVERGED);
        assertThat(outcome.convergence()).isEqualTo(Convergence.NONE);
    }

    @Test
    void leastSquaresThatDoNotVanishEndEarly() {
        ResidualObjective residuals = ResidualObjective.of(2, x -> {
            NDArray first = x.get(":, 0:1");
            NDArray second = x.get(":, 1:2");
            return NDArrays.concat(
                    new NDList(
                            first.sub(second),
                            first.square().sub(300),
                            second.exp().sub(100)),
                    1);
        });
        StopRule rule = StopRule.steps(1_000).withGradientTolerance(UNREACHABLE);
        Outcome outcome = new LevenbergMarquardt()
                .minimize(residuals, START, rule)
                .items()
                .get(0);
        assertThat(outcome.termination()).isEqualTo(Termination.CONVERGED);
        assertThat(outcome.steps()).isLessThan(100);
    }

    @Test
    void aLargeValueEndsByTheRelativeGradient() {
        Objective large =
                Objective.of(2, x -> TestProblems.rosenbrockValues(x).add(3).exp());
        StopRule rule = StopRule.steps(500).withRelativeGradientTolerance(1e-9);
        Outcome outcome = new Lbfgs()
                .minimize(large, new double[][] {{1.5, 2}}, rule)
                .items()
                .get(0);
        assertThat(outcome.convergence()).isEqualTo(Convergence.RELATIVE_GRADIENT);
        assertThat(outcome.gradientNorm() * Math.sqrt(2)).isLessThan(1.1e-9 * outcome.value());
    }

    @Test
    void aStartAtTheOriginGoesOn() {
        Objective objective =
                Objective.of(2, x -> TestProblems.rosenbrockValues(x).add(1e6));
        StopRule rule = StopRule.steps(500).withRelativeGradientTolerance(1e-12);
        for (double near : new double[] {0, 1e-10}) {
            Outcome outcome = new Lbfgs()
                    .minimize(objective, new double[][] {{near, near}}, rule)
                    .items()
                    .get(0);
            assertThat(outcome.value()).isLessThan(1e6 + 1e-6);
        }
    }

    /** {@code ||x||^2}, and its gradient with the wrong sign. */
    private record WrongGradient() implements ArrayObjective {
        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public double evaluate(int item, double[] x, double[] gradient) {
            gradient[0] = -2 * x[0];
            gradient[1] = -2 * x[1];
            return x[0] * x[0] + x[1] * x[1];
        }

        @Override
        public Objective select(int[] rows) {
            return this;
        }
    }
}
