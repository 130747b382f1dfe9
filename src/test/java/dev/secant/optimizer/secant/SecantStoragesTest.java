package dev.secant.optimizer.secant;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.checkpoint.SecantCheckpoint;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.OnStorage;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.TestProblems;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.tensor.TensorRuntime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trained policies do the same on either storage: networks, rank-one terms, turns, fall-backs, hops and the secant residual. To 1e-6 after
 * ten steps: the two-loop recursion and its compact form round differently, and the inputs of the networks magnify that.
 */
class SecantStoragesTest {

    private static final double TOLERANCE = 1e-6;
    private static final int N = 9;

    private NDManager manager = TensorRuntime.get().newManager(Device.cpu());

    @BeforeEach
    void openManager() {
        manager = TensorRuntime.get().newManager(Device.cpu());
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"general", "secant-quadratic", "secant-rosenbrock", "secant-rastrigin"})
    void aTrainedPolicyGivesTheSameIterates(String checkpoint) {
        Optimizer method =
                SecantCheckpoint.optimizer(CheckpointRegistry.bundled().get(checkpoint));
        assertSame(method, TestProblems.rosenbrock(N), start(5, N), 10);
    }

    @Test
    void hopsEndInTheSameMinima() {
        Optimizer method =
                SecantCheckpoint.optimizer(CheckpointRegistry.bundled().get("secant-rastrigin"));
        double[] onArrays = values(new OnStorage(method, Storage.ARRAYS));
        double[] onTensors = values(new OnStorage(method, Storage.TENSORS));
        // Hops land; without them, items end in the local minimum next to their start, at about 10.
        assertThat(Arrays.stream(onArrays).min().orElseThrow()).isLessThan(1e-8);
        assertThat(onTensors).containsExactly(onArrays, within(1e-8));
    }

    private double[] values(Optimizer method) {
        return method.minimize(rastrigin(), start(6, N), StopRule.steps(100)).items().stream()
                .mapToDouble(Optimum.Outcome::value)
                .toArray();
    }

    /** Its policy's hop is due wherever the gradient vanishes, and on a convex function none lands. */
    @ParameterizedTest
    @EnumSource(Storage.class)
    void aFailedHopCountsAsASafeguard(Storage storage) {
        Optimizer general =
                SecantCheckpoint.optimizer(CheckpointRegistry.bundled().get("general"));
        Optimum optimum = new OnStorage(general, storage)
                .minimize(TestProblems.diagonalQuadratic(3, 10), start(4, 3), StopRule.steps(60));
        // Whether an item ends before its hop is due is a matter of last digits; of the batch, some do try one.
        int all = 0;
        for (Optimum.Outcome item : optimum.items()) {
            int[] counts = item.evaluationCounts();
            int longer = item.evaluations() > counts[counts.length - 1] ? 1 : 0;
            for (int k = 1; k < counts.length; k++) {
                longer += counts[k] > counts[k - 1] + 1 ? 1 : 0;
            }
            assertThat(item.safeguarded()).isGreaterThanOrEqualTo(longer);
            all += longer;
        }
        assertThat(all).isPositive();
    }

    @Test
    void eachItemOfAPopulationRunsUnderItsOwnPolicy() {
        List<SecantPolicy> policies = List.of(
                SecantPolicy.UNTRAINED,
                SecantQuasiNewtonPropertiesTest.policy(3),
                SecantQuasiNewtonPropertiesTest.policy(4));
        Optimizer population = new SecantPopulation(policies, 4);
        NDArray start = start(2, N);
        Optimum together = assertSame(population, TestProblems.rosenbrock(N), start.tile(new long[] {3, 1}), 10);
        for (int p = 0; p < policies.size(); p++) {
            Optimum alone = new SecantQuasiNewton(4, policies.get(p))
                    .minimize(TestProblems.rosenbrock(N), start, StopRule.steps(10));
            for (int b = 0; b < 2; b++) {
                assertThat(together.items().get(2 * p + b).values())
                        .containsExactly(alone.items().get(b).values());
            }
        }
    }

    private static Optimum assertSame(Optimizer method, Objective objective, NDArray start, int steps) {
        Optimum arrays = new OnStorage(method, Storage.ARRAYS).minimize(objective, start, StopRule.steps(steps));
        Optimum tensors = new OnStorage(method, Storage.TENSORS).minimize(objective, start, StopRule.steps(steps));
        assertThat(tensors.storage()).isEqualTo(Storage.TENSORS);
        for (int b = 0; b < arrays.items().size(); b++) {
            Optimum.Outcome expected = arrays.items().get(b);
            Optimum.Outcome actual = tensors.items().get(b);
            assertThat(actual.evaluationCounts()).as("item %d", b).isEqualTo(expected.evaluationCounts());
            assertThat(actual.safeguarded()).isEqualTo(expected.safeguarded());
            assertClose(actual.values(), expected.values());
            assertClose(actual.secantResiduals(), expected.secantResiduals());
        }
        return arrays;
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertThat(actual[i]).isNaN();
            } else {
                assertThat(actual[i]).isEqualTo(expected[i], within(TOLERANCE * (1 + Math.abs(expected[i]))));
            }
        }
    }

    private static Objective rastrigin() {
        return Objective.of(
                N,
                x -> x.square().sub(mul(mul(x, 2 * Math.PI).cos(), 10)).add(10).sum(new int[] {1}));
    }

    private NDArray start(int items, int n) {
        return TestProblems.uniform(manager, items, n, 2, 11, DataType.FLOAT64);
    }
}
