package dev.secant.optimizer.secant;

import static dev.secant.tensor.ScalarMath.div;
import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.optimizer.TestProblems;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.vectors.Vectors;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** What the {@code secant} preset promises whatever the problem, on Rosenbrock's function from random starts. */
class SecantQuasiNewtonPropertiesTest {

    private static final int ITEMS = 4;
    private static final int STEPS = 12;

    private NDManager manager = TensorRuntime.get().newManager(Device.cpu());

    @BeforeTry
    void openManager() {
        manager = TensorRuntime.get().newManager(Device.cpu());
    }

    @AfterTry
    void closeManager() {
        manager.close();
    }

    @Property(tries = 20)
    void scalingByPowersOfTwoChangesNoBit(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 9) int n,
            @ForAll @IntRange(min = -30, max = 30) int valueExponent,
            @ForAll @IntRange(min = -30, max = 30) int pointExponent,
            @ForAll("policies") SecantPolicy policy) {
        SecantQuasiNewton secant = new SecantQuasiNewton(policy);
        double valueFactor = Math.scalb(1.0, valueExponent);
        double pointFactor = Math.scalb(1.0, pointExponent);
        NDArray start = start(n, seed);
        Optimum plain = secant.minimize(TestProblems.rosenbrock(n), start, StopRule.steps(STEPS));
        Optimum scaled = secant.minimize(
                TestProblems.scaled(n, TestProblems::rosenbrockValues, valueFactor, pointFactor),
                mul(start, pointFactor),
                StopRule.steps(STEPS));
        for (int b = 0; b < ITEMS; b++) {
            assertThat(scaled.items().get(b).values())
                    .containsExactly(times(plain.items().get(b).values(), valueFactor));
        }
        assertThat(scaled.x().numbers()).containsExactly(times(plain.x().numbers(), pointFactor));
    }

    @Property(tries = 20)
    void anyScaleAndOffsetChangeNothingButRounding(
            @ForAll long seed,
            @ForAll @DoubleRange(min = -6, max = 6) double logValueFactor,
            @ForAll @DoubleRange(min = -3, max = 3) double logPointFactor,
            @ForAll @DoubleRange(min = -1, max = 1) double offset,
            @ForAll("policies") SecantPolicy policy) {
        SecantQuasiNewton secant = new SecantQuasiNewton(policy);
        double valueFactor = Math.pow(10, logValueFactor);
        double pointFactor = Math.pow(10, logPointFactor);
        NDArray start = start(5, seed);
        Optimum plain = secant.minimize(TestProblems.rosenbrock(5), start, StopRule.steps(6));
        Objective changed = Objective.of(
                5, x -> mul(TestProblems.rosenbrockValues(div(x, pointFactor)).add(offset), valueFactor));
        Optimum scaled = secant.minimize(changed, mul(start, pointFactor), StopRule.steps(6));
        assertClose(times(scaled.x().numbers(), 1 / pointFactor), plain.x().numbers(), 1e-5);
    }

    @Property(tries = 20)
    void permutingTheCoordinatesPermutesTheResult(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int n, @ForAll("policies") SecantPolicy policy) {
        SecantQuasiNewton secant = new SecantQuasiNewton(policy);
        List<Integer> order = new ArrayList<>();
        for (int j = 0; j < n; j++) {
            order.add(j);
        }
        Collections.shuffle(order, new Random(seed));
        double[] entries = new double[n * n];
        for (int j = 0; j < n; j++) {
            entries[j * n + order.get(j)] = 1;
        }
        NDArray permutation = Tensors.of(manager, entries, new Shape(n, n));
        NDArray back = permutation.transpose();
        UnaryOperator<NDArray> permuted = x -> TestProblems.rosenbrockValues(x.matMul(back));
        NDArray start = start(n, seed);
        Optimum plain = secant.minimize(TestProblems.rosenbrock(n), start, StopRule.steps(6));
        Optimum other = secant.minimize(Objective.of(n, permuted), start.matMul(permutation), StopRule.steps(6));
        assertClose(
                HostArrays.doubles(other.x().tensor().matMul(back)), plain.x().numbers(), 1e-5);
    }

    /** Its lines are exact, so that the pairs alone span the Krylov space: nothing learned could do better. */
    @Property(tries = 20)
    void onAQuadraticTheCoordinatesNetworkHasNoSay(@ForAll @IntRange(min = 1, max = 1000) int seed) {
        Map<String, FloatTensor> weights = SecantPolicy.initialise(seed);
        policy(seed).weights().forEach((name, tensor) -> {
            if (name.startsWith("coordinate")) {
                weights.put(name, tensor);
            }
        });
        Objective quadratic = Objective.of(6, x -> x.square()
                .sum(new int[] {1})
                .add(x.sum(new int[] {1}).square())
                .add(mul(
                        x.get(new NDIndex(":, 2"))
                                .sub(x.get(new NDIndex(":, 4")))
                                .square(),
                        9)));
        NDArray start = start(6, seed);
        Optimum plain = new SecantQuasiNewton(new SecantPolicy(SecantPolicy.initialise(seed)))
                .minimize(quadratic, start, StopRule.steps(6));
        Optimum shaped = new SecantQuasiNewton(new SecantPolicy(weights)).minimize(quadratic, start, StopRule.steps(6));
        assertClose(shaped.x().numbers(), plain.x().numbers(), 1e-6);
    }

    @Property(tries = 20)
    void theValueNeverRisesAndAStoppedItemSaysWhy(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int n,
            @ForAll boolean isDouble,
            @ForAll("policies") SecantPolicy policy) {
        SecantQuasiNewton secant = new SecantQuasiNewton(policy);
        DataType type = isDouble ? DataType.FLOAT64 : DataType.FLOAT32;
        double unit = isDouble ? Math.ulp(1.0) : Math.ulp(1f);
        // Waves of many local minima on a bowl that is far from zero, so that rounding matters.
        Objective waves = Objective.of(
                n,
                x -> x.square().add(mul(mul(x, 5).cos(), 3)).sum(new int[] {1}).add(100));
        NDArray start = TestProblems.uniform(manager, ITEMS, n, 5, seed, type);
        Optimum optimum = secant.minimize(waves, start, StopRule.steps(500));
        for (Optimum.Outcome outcome : optimum.items()) {
            double[] values = outcome.values();
            for (int k = 1; k < values.length; k++) {
                assertThat(values[k]).isLessThanOrEqualTo(values[k - 1] + 10 * unit * Math.abs(values[k - 1]));
            }
            assertThat(outcome.termination()).isIn(Termination.STALLED, Termination.CONVERGED, Termination.MAX_STEPS);
            if (policy == SecantPolicy.UNTRAINED) {
                assertThat(outcome.steps()).isLessThan(500);
                assertThat(outcome.gradientNorm()).isLessThan(isDouble ? 1e-4 : 0.5);
            }
        }
    }

    /** The untrained policy, and random ones. */
    @Provide
    Arbitrary<SecantPolicy> policies() {
        return Arbitraries.longs()
                .between(0, 1000)
                .edgeCases(config -> config.includeOnly(0L))
                .map(SecantQuasiNewtonPropertiesTest::policy);
    }

    static SecantPolicy policy(long seed) {
        if (seed == 0) {
            return SecantPolicy.UNTRAINED;
        }
        Random random = new Random(seed);
        Map<String, FloatTensor> weights = SecantPolicy.initialise(seed);
        weights.forEach((name, tensor) -> {
            for (int i = 0; i < tensor.values().length; i++) {
                tensor.values()[i] += (float) (0.2 * random.nextGaussian());
            }
        });
        return new SecantPolicy(weights);
    }

    private NDArray start(int n, long seed) {
        return TestProblems.uniform(manager, ITEMS, n, 2, seed, DataType.FLOAT64);
    }

    private static double[] times(double[] values, double factor) {
        return Vectors.scaled(factor, values);
    }

    private static void assertClose(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int j = 0; j < actual.length; j++) {
            assertThat(actual[j]).isEqualTo(expected[j], within(tolerance * (1 + Math.abs(expected[j]))));
        }
    }
}
