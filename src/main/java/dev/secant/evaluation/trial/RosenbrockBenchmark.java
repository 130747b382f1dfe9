package dev.secant.evaluation.trial;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.run.BatchObjective;
import dev.secant.objective.BoundObjective;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.syntax.Formula;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.Stopwatch;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.Map;

/**
 * Times the 1,000-dimensional Rosenbrock valley, from the standard start in every item of a batch: the catalogue's formula
 * beside hand-written tensor code, and 100 steps of optimizers.
 */
public final class RosenbrockBenchmark implements AutoCloseable {

    /** The number of variables. */
    public static final int DIMENSION = 1_000;

    /** The steps of a run. */
    public static final int STEPS = 100;

    private static final int ROUNDS = 12;

    private final NDManager manager;
    private final double roundSeconds;
    private final BoundObjective tensors;
    private final BatchObjective objective;

    /**
     * On a device.
     *
     * @param roundSeconds how long each of an overhead's rounds takes: long enough for the clock, short enough that other work on the
     *     machine hits all sides alike
     */
    public RosenbrockBenchmark(Device device, double roundSeconds) {
        this.roundSeconds = roundSeconds;
        this.manager = TensorRuntime.get().newManager(device);
        String formula = Catalogue.standard().find("rosenbrock").orElseThrow().formula();
        CompiledObjective compiled = CompiledObjective.compile(Formula.parse(formula), DIMENSION, Map.of());
        this.tensors = compiled.bind(manager, DataType.FLOAT64, Map.of());
        this.objective = BatchObjective.bind(compiled, Map.of(), null, manager, DataType.FLOAT64);
    }

    /** The standard start: -1.2, 1, -1.2, 1, ... */
    public static double[] start() {
        double[] start = new double[DIMENSION];
        Arrays.setAll(start, i -> i % 2 == 0 ? -1.2 : 1);
        return start;
    }

    /**
     * What value and gradient of a whole batch take, at best.
     *
     * @param starts the batch
     * @param minimizedSeconds of the formula as minimizations evaluate it: on plain arrays where that is faster
     * @param tensorSeconds of the formula on tensors
     * @param byHandSeconds of hand-written tensor code with automatic gradients
     */
    public record Overhead(int starts, double minimizedSeconds, double tensorSeconds, double byHandSeconds) {

        /** By how much the formula is slower on tensors than hand-written code there. */
        public double ratio() {
            return tensorSeconds / byHandSeconds;
        }
    }

    /**
     * An optimizer's 100 steps.
     *
     * @param method its name
     * @param starts the batch
     * @param seconds at best
     * @param evaluations of value and gradient, an item
     * @param value reached
     */
    public record Run(String method, int starts, double seconds, int evaluations, double value) {}

    /** Times the three in turns; the best of each. */
    public Overhead overhead(int starts) {
        try (NDArray x = points(starts)) {
            double minimized = Double.POSITIVE_INFINITY;
            double formula = Double.POSITIVE_INFINITY;
            double byHand = Double.POSITIVE_INFINITY;
            for (int round = 0; round < ROUNDS; round++) {
                minimized = Math.min(minimized, seconds(() -> objective.evaluate(x)));
                formula = Math.min(formula, seconds(() -> Autograd.valueAndGradient(tensors::apply, x)));
                byHand = Math.min(byHand, seconds(() -> Autograd.valueAndGradient(RosenbrockBenchmark::byHand, x)));
            }
            return new Overhead(starts, minimized, formula, byHand);
        }
    }

    /** Times an optimizer; the best of some rounds. */
    public Run run(Optimizer optimizer, int starts, int rounds) {
        try (NDArray x = points(starts)) {
            double seconds = Double.POSITIVE_INFINITY;
            int evaluations = 0;
            double value = Double.NaN;
            for (int round = 0; round < rounds; round++) {
                long before = System.nanoTime();
                try (Optimum optimum = optimizer.minimize(objective, x, StopRule.steps(STEPS))) {
                    seconds = Math.min(seconds, (System.nanoTime() - before) * 1e-9);
                    evaluations = optimum.items().get(0).evaluations();
                    value = optimum.items().get(0).value();
                }
            }
            return new Run(optimizer.name(), starts, seconds, evaluations, value);
        }
    }

    private NDArray points(int starts) {
        double[][] points = new double[starts][];
        Arrays.fill(points, start());
        return Tensors.of(manager, points);
    }

    private static NDArray byHand(NDArray x) {
        NDArray head = x.get(new NDIndex(":, 0:-1"));
        NDArray tail = x.get(new NDIndex(":, 1:"));
        NDArray valley = mul(tail.sub(head.square()).square(), 100);
        return valley.add(head.sub(1).square()).sum(new int[] {1});
    }

    private double seconds(Runnable evaluation) {
        return Stopwatch.secondsOf(evaluation, roundSeconds);
    }

    @Override
    public void close() {
        objective.close();
        tensors.close();
        manager.close();
    }
}
