package dev.secant.optimizer.amortized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.secant.linalg.Cholesky;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.OnBothStorages;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.vectors.VectorSpace;
import dev.secant.tensor.ScalarMath;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** The given start and the corrections on quadratics {@code x'Dx / 2}, against small cases worked out by hand. */
@OnBothStorages
class AmortizedInverseHessianTest {

    @Parameter
    Storage storage;

    @Test
    void withoutPairsItIsTheGivenInverse() {
        Cholesky hessian = Cholesky.of(new double[][] {{2, 1}, {1, 2}}, 0).orElseThrow();
        on(new double[] {1, 1}, new double[] {3, 0}, hessian, 4, subject -> {
            assertThat(subject.times(3, 0)).containsExactly(new double[] {2, -1}, within(1e-12));
        });
    }

    @Test
    void aPairIsRestoredExactly() {
        on(new double[] {1, 2, 3}, new double[] {3, -2, 1}, diagonal(10, 10, 10), 4, subject -> {
            subject.step();
            // The step was -g / 10, the change of the gradient D times that.
            assertThat(subject.times(-0.3, 0.8, -0.9)).containsExactly(new double[] {-0.3, 0.4, -0.3}, within(1e-12));
        });
    }

    @Test
    void aStartThatIsTooLargeIsTakenFrom() {
        // From g = (1, 0, 0) with B = 5 I the whole step overshoots.
        on(new double[] {1, 1, 1}, new double[] {1, 0, 0}, diagonal(0.2, 0.2, 0.2), 4, subject -> {
            subject.step();
            assertThat(subject.times(1, 1, 1)).containsExactly(new double[] {1, 5, 5}, within(1e-12));
        });
    }

    @Test
    void onAQuadraticAsManyPairsAsVariablesGiveTheInverse() {
        on(new double[] {1, 4, 0.5}, new double[] {3, -2, 1}, diagonal(1.4, 1.4, 1.4), 4, subject -> {
            for (int k = 0; k < 3; k++) {
                subject.step();
            }
            assertThat(subject.times(1, 1, 1)).containsExactly(new double[] {1, 0.25, 2}, within(1e-9));
        });
    }

    @Test
    void aPairThatWouldBreakDefinitenessIsSkipped() {
        on(new double[] {-1, -1, -1}, new double[] {1, 2, 3}, diagonal(1, 1, 1), 4, subject -> {
            subject.step();
            assertThat(subject.times(1, 2, 3)).containsExactly(1, 2, 3);
        });
    }

    @Test
    void theOldestCorrectionGoesFirst() {
        on(new double[] {1, 4, 0.5}, new double[] {3, -2, 1}, diagonal(10, 10, 10), 1, subject -> {
            subject.step();
            double[] before = subject.times(1, 0, 0);
            subject.step();
            assertThat(subject.times(1, 0, 0)[0]).isNotCloseTo(before[0], within(1e-6));
            // B - B_0 has rank one: nothing is left of the first correction.
            double[] x = minus(subject.times(1, 0, 0), new double[] {0.1, 0, 0});
            double[] y = minus(subject.times(0, 1, 0), new double[] {0, 0.1, 0});
            assertThat(x[0] * y[1]).isCloseTo(x[1] * y[0], within(1e-12));
        });
    }

    @Test
    void whatWasGivenStays() {
        on(new double[] {1, 2, 3}, new double[] {3, -2, 1}, diagonal(10, 10, 10), 4, subject -> {
            subject.step();
            subject.hessian.forget(0);
            assertThat(subject.times(1, 1, 1)).containsExactly(new double[] {0.1, 0.1, 0.1}, within(1e-12));
            // And the next step learns from there.
            subject.step();
            double[] p = subject.lastStep();
            assertThat(subject.times(p[0], 2 * p[1], 3 * p[2])).containsExactly(p, within(1e-12));
        });
    }

    /** The product that goes along from step to step is the one with the newest matrix, also when corrections had to go. */
    @Test
    void directionsAreOfTheNewestMatrix() {
        for (int memory : new int[] {1, 2, 8}) {
            on(new double[] {1, 4, 0.5}, new double[] {3, -2, 1}, diagonal(3, 3, 3), memory, subject -> {
                for (int k = 0; k < 4; k++) {
                    subject.step();
                    double[] expected = subject.times(subject.gradient());
                    double[] direction = subject.direction();
                    for (int i = 0; i < 3; i++) {
                        assertThat(direction[i]).isCloseTo(-expected[i], within(1e-12));
                    }
                }
            });
        }
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    private static Cholesky diagonal(double... values) {
        double[][] matrix = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            matrix[i][i] = values[i];
        }
        return Cholesky.of(matrix, 0).orElseThrow();
    }

    private void on(double[] curvatures, double[] start, Cholesky hessian, int memory, Consumer<Subject> test) {
        try (var manager = TensorRuntime.get().newManager(Device.cpu())) {
            var weights = Tensors.of(manager, new double[][] {curvatures});
            Objective objective = Objective.of(
                    start.length, x -> ScalarMath.mul(x.square().mul(weights).sum(new int[] {1}), 0.5));
            Points points = Points.of(new double[][] {start});
            Execution execution = Execution.on(Device.cpu()).with(storage);
            try (BatchRun run = BatchRun.begin(objective, points, execution, StopRule.steps(100), Observer.NONE);
                    AmortizedInverseHessian inverse =
                            new AmortizedInverseHessian(run, new InitialInverse.OnArrays(List.of(hessian)), memory)) {
                test.accept(new Subject(run, inverse));
            }
        }
    }

    /** One problem on its way by whole steps. */
    private record Subject(BatchRun run, AmortizedInverseHessian hessian) {

        void step() {
            run.space().inStep(() -> {
                BatchEvaluation next = run.evaluate(run.all(), hessian.next().direction(), null);
                hessian.measure(next);
                hessian.learn(next);
                run.accept(next);
            });
        }

        double[] times(double... y) {
            double[][] result = new double[1][];
            VectorSpace space = run.space();
            space.inStep(() -> result[0] = space.rows(hessian.times(space.block(new double[][] {y})))[0]);
            return result[0];
        }

        double[] direction() {
            double[][] result = new double[1][];
            run.space().inStep(() -> result[0] = run.space().rows(hessian.next().direction())[0]);
            return result[0];
        }

        double[] gradient() {
            return run.space().rows(run.current().gradient())[0];
        }

        double[] lastStep() {
            return run.space().rows(run.current().step())[0];
        }
    }
}
