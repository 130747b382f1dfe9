package dev.secant.optimizer.timing;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.lsr1.RankOneBuffer;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.optimizer.policy.ProblemFeatures;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.policy.StepAdvice;
import dev.secant.optimizer.secant.InverseHessianOnArrays;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.Stopwatch;
import dev.secant.tensor.TensorRuntime;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What the two costly parts of a learned method's step take for one problem with a full memory, each timed by itself; what a step takes beyond
 * both is bookkeeping.
 *
 * @param networksSeconds all networks once
 * @param productsSeconds all products of the inverse Hessian with vectors
 */
public record StepParts(double networksSeconds, double productsSeconds) {

    private static final double WARM_UP_SECONDS = 0.3;
    private static final int ROUNDS = 10;
    private static final double ROUND_SECONDS = 0.05;

    /** Of published L-SR1 in n variables, on the CPU, in float64 as to the buffer. */
    public static StepParts of(LearnedSr1 method, int n) {
        Sr1Settings settings = method.settings();
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            Sr1Networks.Generator generator = method.generator(Device.cpu());
            NDArray features =
                    manager.randomNormal(0, 1, new Shape(n, settings.inputs().size()), DataType.FLOAT32);
            NDArray vector = manager.randomNormal(0, 1, new Shape(1, n), DataType.FLOAT64);
            RankOneBuffer buffer = new RankOneBuffer(settings);
            for (int k = 0; k < settings.memory(); k++) {
                buffer.push(manager.randomNormal(0, 1, new Shape(1, n), DataType.FLOAT64));
            }
            // A step maps the change of the gradient by the old matrix and the gradient by the new one.
            return Autograd.withGraph(
                    false,
                    () -> new StepParts(
                            secondsOf(() -> generator.generate(features)), 2 * secondsOf(() -> buffer.apply(vector))));
        }
    }

    /** Of the preset secant in n variables. */
    public static StepParts of(SecantQuasiNewton method, int n) {
        SplittableRandom random = new SplittableRandom(1);
        SecantPolicy policy = method.policy();
        InverseHessianOnArrays inverse = InverseHessianOnArrays.full(policy, method.memory(), n, random);
        double[] gradient = normals(n, random);
        double[][] in = new double[SecantPolicy.COORDINATE_FEATURES][];
        Arrays.setAll(in, feature -> normals(n, random));
        double[][] hidden = new double[SecantPolicy.HIDDEN][n];
        double[][] out = new double[SecantPolicy.COORDINATE_OUTPUTS][n];
        double networks = policy.shapes() ? secondsOf(() -> policy.coordinate().apply(n, in, hidden, out)) : 0;
        double[] problem = normals(ProblemFeatures.COUNT, random);
        double[] unit = new double[SecantPolicy.HIDDEN];
        double[] advice = new double[StepAdvice.COUNT];
        if (policy.advises()) {
            networks += secondsOf(() -> policy.problem().apply(problem, unit, advice));
        }
        // The direction and the secant residual; a policy that shapes the matrix looks at the direction of the old one,
        // too.
        int products = policy.shapes() ? 3 : 2;
        return new StepParts(networks, products * secondsOf(() -> inverse.descent(0, gradient)));
    }

    /** What is neither, of a whole step. */
    public double bookkeepingSeconds(double wholeSeconds) {
        return Math.max(0, wholeSeconds - networksSeconds - productsSeconds);
    }

    private static double[] normals(int n, SplittableRandom random) {
        double[] numbers = new double[n];
        for (int j = 0; j < n; j++) {
            numbers[j] = random.nextGaussian();
        }
        return numbers;
    }

    /** At best of some rounds, after a warm-up. */
    private static double secondsOf(Runnable part) {
        Stopwatch.secondsOf(part, WARM_UP_SECONDS);
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.min(best, Stopwatch.secondsOf(part, ROUND_SECONDS));
        }
        return best;
    }
}
