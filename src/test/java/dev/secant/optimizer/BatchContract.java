package dev.secant.optimizer;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.Optimum.Outcome;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/**
 * What every optimizer promises, whether it converges or not: items that do not disturb each other, budgets, cancellation,
 * histories, the best point as the result, memory. A learned method without a safeguard promises no more: {@link
 * OptimizerContract} adds convergence.
 */
@OnBothStorages
public abstract class BatchContract {

    /** Where the optimizer under test is made to run. */
    @Parameter
    protected Storage storage;

    protected NDManager manager;

    /** The optimizer under test, in double precision unless a test says otherwise. */
    protected abstract Optimizer optimizer();

    /** The optimizer on the storage under test. */
    protected final Optimizer tested() {
        return new OnStorage(optimizer(), storage);
    }

    /** How far iterates on the two storages may differ, relative to their size, after eight steps. */
    protected double storageTolerance() {
        return 1e-8;
    }

    /** False for a method that runs on arrays wherever it is forced to. */
    protected boolean runsOnBothStorages() {
        return true;
    }

    /** The objective of a function of rows; methods that need more structure give it here. */
    protected Objective objective(int n, UnaryOperator<NDArray> function) {
        return Objective.of(n, function);
    }

    /** How far the same item may differ alone and in a batch, relative to its size, after twenty steps. */
    protected double independenceTolerance() {
        return 1e-9;
    }

    /** The precision that the tests run in. */
    protected DataType precision() {
        return DataType.FLOAT64;
    }

    /** Where the tests run. */
    protected Device device() {
        return Device.cpu();
    }

    @BeforeEach
    void openManager() {
        manager = TensorRuntime.get().newManager(device());
    }

    @AfterEach
    void closeManager() {
        // Null where a suite was skipped for want of its device.
        if (manager != null) {
            manager.close();
        }
    }

    @Test
    void anItemAloneAndInABatchGivesTheSameNumbers() {
        NDArray start = uniform(7, 6, 1.5, 3);
        Optimum together = tested().minimize(rosenbrock(6), start, StopRule.steps(20));
        for (int b = 0; b < 7; b++) {
            Optimum alone = tested().minimize(rosenbrock(6), start.get(b).expandDims(0), StopRule.steps(20));
            assertSame(alone.items().get(0), together.items().get(b));
            assertClose(alone.x().numbers(), together.x().row(b));
        }
    }

    @Test
    void stoppedItemsChangeNothingForTheOthers() {
        // Item 0 starts at the minimum, item 2 is not finite, item 3 is cancelled in flight.
        NDArray start = uniform(5, 4, 1.5, 5);
        double[] values = start.toType(DataType.FLOAT64, true).toDoubleArray();
        Arrays.fill(values, 0, 4, 1);
        values[9] = Double.NaN;
        NDArray mixed = Tensors.of(manager, values, new Shape(5, 4)).toType(precision(), false);
        Observer cancelsTheFourth = new Observer() {
            private int steps;

            @Override
            public void onStep(int step, Points x) {
                steps = step;
            }

            @Override
            public boolean isCancelled(int item) {
                return item == 3 && steps >= 2;
            }
        };
        Optimum optimum = tested().minimize(rosenbrock(4), mixed, StopRule.steps(15), cancelsTheFourth);
        assertThat(optimum.items().get(0).termination()).isEqualTo(Termination.CONVERGED);
        assertThat(optimum.items().get(0).steps()).isZero();
        assertThat(optimum.items().get(2).termination()).isEqualTo(Termination.NON_FINITE);
        assertThat(optimum.items().get(3).termination()).isEqualTo(Termination.CANCELLED);
        assertThat(optimum.items().get(3).steps()).isEqualTo(2);
        Optimum undisturbed = tested().minimize(rosenbrock(4), start.get(":, :").duplicate(), StopRule.steps(15));
        for (int b : new int[] {1, 4}) {
            assertSame(undisturbed.items().get(b), optimum.items().get(b));
            assertClose(undisturbed.x().row(b), optimum.x().row(b));
        }
        assertThat(optimum.x().row(0)).containsExactly(1, 1, 1, 1);
    }

    @Test
    void neverExceedsTheEvaluations() {
        for (int budget : new int[] {1, 2, 3, 5, 8}) {
            AtomicInteger points = new AtomicInteger();
            Objective counting = counting(rosenbrock(3), points);
            Optimum optimum = tested().minimize(
                            counting, uniform(1, 3, 2, 9), StopRule.steps(1000).withMaxEvaluations(budget));
            Outcome outcome = optimum.items().get(0);
            assertThat(outcome.evaluations()).isLessThanOrEqualTo(budget);
            assertThat(points.get()).isLessThanOrEqualTo(outcome.evaluations());
            assertThat(outcome.termination()).isEqualTo(Termination.MAX_STEPS);
        }
    }

    @Test
    void neverExceedsTheSteps() {
        Optimum optimum = tested().minimize(rosenbrock(4), uniform(3, 4, 2, 11), StopRule.steps(3));
        for (Outcome outcome : optimum.items()) {
            assertThat(outcome.steps()).isEqualTo(3);
            assertThat(outcome.termination()).isEqualTo(Termination.MAX_STEPS);
        }
    }

    @Test
    void historiesAreConsistent() {
        NDArray start = uniform(3, 4, 2, 13);
        List<double[]> seen = new ArrayList<>();
        Observer recorder = new Observer() {
            @Override
            public void onStep(int step, Points x) {
                assertThat(step).isEqualTo(seen.size());
                assertThat(x.size()).isEqualTo(3);
                assertThat(x.dimension()).isEqualTo(4);
                seen.add(x.numbers());
            }
        };
        Objective objective = rosenbrock(4);
        Optimum optimum = tested().minimize(objective, start, StopRule.steps(12), recorder);
        for (int b = 0; b < 3; b++) {
            Outcome outcome = optimum.items().get(b);
            int steps = outcome.steps();
            assertThat(seen).hasSizeGreaterThan(steps);
            assertThat(outcome.values()).hasSize(steps + 1);
            assertThat(outcome.gradientNorms()).hasSize(steps + 1);
            assertThat(outcome.stepLengths()).hasSize(steps + 1);
            assertThat(outcome.secantResiduals()).hasSize(steps + 1);
            assertThat(outcome.evaluationCounts()).hasSize(steps + 1).isSorted();
            assertThat(outcome.evaluationCounts()[0]).isEqualTo(1);
            assertThat(outcome.evaluations()).isGreaterThanOrEqualTo(outcome.evaluationCounts()[steps]);
            // After its last step an item is shown at its result, which is the best point.
            for (int k = 0; k < steps; k++) {
                double[] at = Arrays.copyOfRange(seen.get(k), 4 * b, 4 * b + 4);
                double value = HostArrays.doubles(objective.evaluate(points(at)).values())[0];
                assertThat(outcome.values()[k]).isEqualTo(value, within(1e-5 * (1 + Math.abs(value))));
                if (k > 0) {
                    double[] before = Arrays.copyOfRange(seen.get(k - 1), 4 * b, 4 * b + 4);
                    assertThat(outcome.stepLengths()[k]).isEqualTo(distance(at, before), within(1e-5));
                }
            }
        }
    }

    @Test
    void returnsTheBestPoint() {
        NDArray start = uniform(6, 3, 2, 15);
        Objective objective = rosenbrock(3);
        Optimum optimum = tested().minimize(objective, start, StopRule.steps(30));
        double[] values =
                HostArrays.doubles(objective.evaluate(optimum.x().tensor()).values());
        for (int b = 0; b < 6; b++) {
            Outcome outcome = optimum.items().get(b);
            double lowest = Arrays.stream(outcome.values()).min().orElseThrow();
            double rounding = 1e-5 * Math.abs(lowest);
            assertThat(outcome.value()).isEqualTo(lowest, within(rounding));
            assertThat(values[b]).isEqualTo(outcome.value(), within(rounding + 1e-12));
        }
    }

    @Test
    void aStartAtTheMinimumIsDoneAtOnce() {
        Optimum optimum = tested().minimize(rosenbrock(3), points(new double[] {1, 1, 1}), StopRule.steps(5));
        Outcome outcome = optimum.items().get(0);
        assertThat(outcome.termination()).isEqualTo(Termination.CONVERGED);
        assertThat(outcome.steps()).isZero();
        assertThat(outcome.evaluations()).isEqualTo(1);
    }

    @Test
    void aConstantIsDoneAtOnce() {
        Objective constant = objective(3, x -> mul(x, 0).add(4).sum(new int[] {1}));
        Optimum optimum = tested().minimize(constant, uniform(2, 3, 1, 17), StopRule.steps(5));
        assertThat(optimum.items()).allSatisfy(outcome -> {
            assertThat(outcome.termination()).isEqualTo(Termination.CONVERGED);
            assertThat(outcome.value()).isEqualTo(12, within(1e-12));
        });
    }

    @Test
    void aStartThatIsNotFiniteStopsAtOnce() {
        Optimum optimum =
                tested().minimize(logarithm(), points(new double[] {0, 0}, new double[] {2.5, 2.5}), StopRule.steps(3));
        assertThat(optimum.items().get(0).termination()).isEqualTo(Termination.NON_FINITE);
        assertThat(optimum.items().get(0).steps()).isZero();
        assertThat(optimum.x().row(0)).containsExactly(0, 0);
        assertThat(optimum.items().get(1).value()).isFinite();
        assertThat(optimum.items().get(1).steps()).isPositive();
    }

    @Test
    void aFunctionWithoutBoundEndsWithAFiniteBest() {
        Optimum optimum = tested().minimize(falling(), points(new double[] {1, 2}), StopRule.steps(200));
        Outcome outcome = optimum.items().get(0);
        assertThat(outcome.value()).isFinite().isLessThanOrEqualTo(outcome.values()[0]);
        assertThat(Arrays.stream(optimum.x().numbers())).allMatch(Double::isFinite);
        assertThat(outcome.termination()).isNotEqualTo(Termination.CONVERGED);
    }

    @Test
    void stopsWhenTheTimeIsUp() {
        AtomicLong clock = new AtomicLong();
        StopRule rule = StopRule.steps(1000)
                .withTimeLimit(Duration.ofNanos(1_000_000))
                .withNanoClock(() -> clock.getAndAdd(100_000));
        Optimum optimum = tested().minimize(rosenbrock(4), uniform(2, 4, 2, 21), rule);
        assertThat(optimum.items()).allSatisfy(outcome -> {
            assertThat(outcome.termination()).isEqualTo(Termination.TIME_LIMIT);
            assertThat(outcome.steps()).isLessThan(12);
        });
    }

    @Test
    void leavesTheStartAlone() {
        NDArray start = uniform(3, 4, 2, 23);
        double[] before = HostArrays.doubles(start);
        tested().minimize(rosenbrock(4), start, StopRule.steps(5)).close();
        assertThat(HostArrays.doubles(start)).isEqualTo(before);
    }

    @Test
    void keepsTheDataType() {
        for (DataType type : List.of(DataType.FLOAT32, precision())) {
            NDArray start = TestProblems.uniform(manager, 2, 4, 2, 25, type);
            Optimum optimum = tested().minimize(rosenbrock(4), start, StopRule.steps(5));
            assertThat(optimum.x().type()).isEqualTo(type);
            assertThat(optimum.items().get(0).value())
                    .isLessThanOrEqualTo(optimum.items().get(0).values()[0]);
        }
    }

    @Test
    void refusesAStartOfAnotherDimension() {
        assertThatThrownBy(() -> tested().minimize(rosenbrock(4), uniform(2, 3, 1, 27), StopRule.steps(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[items, 4]");
    }

    @Test
    void freesItsMemory() {
        for (DataType type : List.of(DataType.FLOAT32, precision())) {
            NDArray start = TestProblems.uniform(manager, 4, 3, 2, 29, type);
            tested().minimize(rosenbrock(3), start, StopRule.steps(20)).close();
            int before = manager.getManagedArrays().size();
            for (int round = 0; round < 5; round++) {
                tested().minimize(rosenbrock(3), start, StopRule.steps(20)).close();
            }
            assertThat(manager.getManagedArrays()).as("%s", type).hasSize(before);
        }
    }

    @Test
    void releasesTheSelectionsOfItems() {
        OpenSelections selections = new OpenSelections(manager);
        NDArray start = uniform(6, 3, 2, 37);
        Objective objective = selections.of(rosenbrock(3));
        int before = manager.getManagedArrays().size();
        Observer oneStepMoreEach = new Observer() {
            @Override
            public StopRule ruleOf(int item, StopRule rule) {
                return StopRule.steps(1 + item);
            }
        };
        tested().minimize(objective, start, StopRule.steps(6), oneStepMoreEach).close();
        assertThat(selections.made()).isGreaterThan(2);
        assertThat(selections.most())
                .as("the two asked for last, and the next before one of them goes")
                .isLessThanOrEqualTo(3);
        assertThat(selections.open()).isZero();
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void theResultBelongsToTheStartsManager() {
        Optimum optimum = tested().minimize(rosenbrock(3), uniform(2, 3, 1, 31), StopRule.steps(3));
        assertThat(optimum.x().tensor().getManager()).isSameAs(manager);
        assertThat(NDArrays.stack(new ai.djl.ndarray.NDList(optimum.x().tensor()))
                        .getShape())
                .isEqualTo(new Shape(1, 2, 3));
    }

    @Test
    void runsWhereItIsForcedTo() {
        Assumptions.assumeTrue(runsOnBothStorages(), "The method runs on arrays only.");
        Optimum optimum = tested().minimize(rosenbrock(3), uniform(2, 3, 1, 31), StopRule.steps(3));
        assertThat(optimum.storage()).isEqualTo(storage);
    }

    @Test
    void rowsGiveTheSameResultAsATensor() {
        NDArray start = uniform(3, 4, 1.5, 33);
        Points rows = Points.of(Points.of(start).rows(), precision());
        Optimum fromTensor = tested().minimize(rosenbrock(4), start, StopRule.steps(6));
        Optimum fromRows = tested().minimize(rosenbrock(4), rows, Execution.of(rows), StopRule.steps(6), Observer.NONE);
        assertThat(fromRows.x().isTensor()).isFalse();
        assertThat(fromRows.x().numbers()).isEqualTo(fromTensor.x().numbers());
    }

    @Test
    void bothStoragesGiveTheSameIterates() {
        Storage other = storage == Storage.ARRAYS ? Storage.TENSORS : Storage.ARRAYS;
        NDArray start = uniform(5, 6, 1.5, 35);
        StopRule rule = StopRule.steps(8);
        Optimum here = tested().minimize(rosenbrock(6), start, rule);
        Optimum there = new OnStorage(optimizer(), other).minimize(rosenbrock(6), start, rule);
        double[] expected = there.x().numbers();
        double[] actual = here.x().numbers();
        for (int i = 0; i < expected.length; i++) {
            double tolerance = storageTolerance() * Math.max(1, Math.abs(expected[i]));
            assertThat(actual[i]).isEqualTo(expected[i], within(tolerance));
        }
        for (int b = 0; b < 5; b++) {
            assertThat(here.items().get(b).evaluationCounts())
                    .isEqualTo(there.items().get(b).evaluationCounts());
        }
    }

    /** Has no minimum. */
    protected Objective falling() {
        return objective(2, x -> x.square().square().sum(new int[] {1}).neg());
    }

    /** Not finite below 1. */
    protected Objective logarithm() {
        return objective(2, x -> x.sub(1).log().square().sum(new int[] {1}));
    }

    protected Objective rosenbrock(int n) {
        return objective(n, TestProblems::rosenbrockValues);
    }

    protected final NDArray uniform(int items, int n, double bound, long seed) {
        return TestProblems.uniform(manager, items, n, bound, seed, precision());
    }

    protected final NDArray points(double[]... points) {
        return TestProblems.batch(manager, points).toType(precision(), false);
    }

    /** An objective that counts the points that it is evaluated at. */
    protected Objective counting(Objective objective, AtomicInteger points) {
        return new Objective() {
            @Override
            public int dimension() {
                return objective.dimension();
            }

            @Override
            public dev.secant.tensor.ValueAndGradient evaluate(NDArray x) {
                points.addAndGet((int) x.getShape().get(0));
                return objective.evaluate(x);
            }

            @Override
            public Objective select(int[] rows) {
                return counting(objective.select(rows), points);
            }
        };
    }

    private void assertSame(Outcome expected, Outcome actual) {
        assertThat(actual.steps()).isEqualTo(expected.steps());
        assertThat(actual.evaluations()).isEqualTo(expected.evaluations());
        assertThat(actual.termination()).isEqualTo(expected.termination());
        assertClose(expected.values(), actual.values());
    }

    private void assertClose(double[] expected, double[] actual) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double scale = Math.max(1, Math.abs(expected[i]));
            assertThat(actual[i]).isEqualTo(expected[i], within(independenceTolerance() * scale));
        }
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return Math.sqrt(sum);
    }
}
