package dev.secant.optimizer.batch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.EngineUse;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way, on plain arrays: what {@link BatchRun} is on both storages. All arithmetic but the objective's is in double
 * precision on the JVM, without a call of the engine; for small problems that is many times faster.
 *
 * <p>Items go step by step together, and the trials of all that still search are evaluated together.
 */
public final class ArrayBatchRun {

    private final PointEvaluator evaluator;
    private final BatchTracker tracker;
    private final AskTellMethod[] methods;
    private final AskTellMethod.Step[] steps;
    private final ArrayPoint[] current;
    private final double[][] best;
    private final Points start;
    private final DataType type;
    private int[] running;

    private ArrayBatchRun(Objective objective, Points start, BatchTracker tracker, AskTellMethod.Factory method) {
        this.start = start;
        this.type = start.type();
        this.evaluator = new PointEvaluator(objective, type);
        this.tracker = tracker;
        this.best = new double[tracker.size()][];
        this.methods = new AskTellMethod[best.length];
        this.steps = new AskTellMethod.Step[best.length];
        this.running = IntStream.range(0, best.length).toArray();
        for (int item : running) {
            best[item] = start.row(item).clone();
            methods[item] = method.make(item, tracker.epsilon());
        }
        this.current = evaluator.evaluate(running, best, new ArrayPoint[best.length]);
        for (int item : running) {
            tracker.startAt(item, current[item].value(), current[item].gradientNorm());
        }
        settle();
    }

    /**
     * Minimizes every item with a method of its own.
     *
     * @param method makes the method of each item
     * @throws IllegalArgumentException if the start is not a batch of the objective's dimension
     */
    public static Optimum minimize(
            Objective objective, Points start, StopRule rule, Observer observer, AskTellMethod.Factory method) {
        ArrayBatchRun run =
                new ArrayBatchRun(objective, start, BatchTracker.open(objective, start, rule, observer), method);
        while (run.running.length > 0) {
            run.step();
        }
        run.evaluator.close();
        return new Optimum(run.result(), Storage.ARRAYS, EngineUse.NONE, run.tracker.outcomes());
    }

    private void step() {
        for (int item : running) {
            steps[item] = methods[item].begin(current[item]);
        }
        int[] searching = affordable(running);
        while (searching.length > 0) {
            ArrayPoint[] trials = evaluate(searching);
            int open = 0;
            int[] next = new int[searching.length];
            for (int k = 0; k < trials.length; k++) {
                if (!steps[searching[k]].tell(trials[k])) {
                    next[open++] = searching[k];
                }
            }
            searching = affordable(Arrays.copyOf(next, open));
        }
        for (int item : running) {
            move(item);
        }
        settle();
    }

    private int[] affordable(int[] items) {
        boolean late = items.length > 0 && tracker.isLate();
        return late
                ? new int[0]
                : Arrays.stream(items)
                        .filter(item -> tracker.mayEvaluate(item, 1))
                        .toArray();
    }

    private ArrayPoint[] evaluate(int[] items) {
        double[][] x = new double[items.length][];
        ArrayPoint[] from = new ArrayPoint[items.length];
        for (int k = 0; k < items.length; k++) {
            int item = items[k];
            tracker.charge(item, 1);
            from[k] = current[item];
            x[k] = evaluator.rounded(Vectors.sum(current[item].x(), steps[item].displacement()));
        }
        return evaluator.evaluate(items, x, from);
    }

    private void move(int item) {
        ArrayPoint next = steps[item].chosen();
        if (steps[item].wasSafeguarded()) {
            tracker.countSafeguard(item);
        }
        tracker.predict(item, steps[item].predictedDecrease());
        if (next == null) {
            tracker.stall(item);
            return;
        }
        tracker.noteSecantResidual(item, steps[item].secantResidual());
        if (tracker.moveTo(item, next.value(), next.gradientNorm(), next.stepLength())) {
            best[item] = next.x();
        }
        if (next.isFinite()) {
            methods[item].learn(current[item], next);
            current[item] = next;
        }
    }

    private void settle() {
        tracker.settle(
                running,
                row -> Math.sqrt(Vectors.dot(current[running[row]].x(), current[running[row]].x())),
                this::view);
        running =
                Arrays.stream(running).filter(item -> !tracker.isStopped(item)).toArray();
    }

    private Points view() {
        double[][] shown = new double[best.length][];
        for (int item = 0; item < shown.length; item++) {
            shown[item] = tracker.isStopped(item) ? best[item] : current[item].x();
        }
        return Points.of(shown, type);
    }

    private Points result() {
        Points rows = Points.of(best, type);
        return start.isTensor() ? Points.of(rows.tensor(start.tensor().getManager())) : rows;
    }

    /** Evaluates points that live on the JVM, whatever the objective is made of. */
    private static final class PointEvaluator implements AutoCloseable {

        private final Objective objective;
        private @Nullable NDManager manager;
        private final DataType type;
        private int[] selected = {};
        private @Nullable Objective selection;

        /** The type is that of the start: points are rounded to it. */
        PointEvaluator(Objective objective, DataType type) {
            this.objective = objective;
            this.type = type;
        }

        /** A point as the data type rounds it. */
        double[] rounded(double[] x) {
            if (type == DataType.FLOAT32) {
                for (int j = 0; j < x.length; j++) {
                    x[j] = (float) x[j];
                }
            }
            return x;
        }

        /**
         * Values and gradients.
         *
         * @param items the items
         * @param x a rounded point for each
         * @param from the current point of each; null at the start
         */
        ArrayPoint[] evaluate(int[] items, double[][] x, @Nullable ArrayPoint[] from) {
            if (objective instanceof ArrayObjective arrays && arrays.suits(items.length)) {
                ArrayPoint[] points = new ArrayPoint[items.length];
                for (int k = 0; k < points.length; k++) {
                    double[] gradient = new double[x[k].length];
                    double value = arrays.evaluate(items[k], x[k], gradient);
                    points[k] = new ArrayPoint(x[k], from[k], value, gradient);
                }
                return points;
            }
            return onTensors(items, x, from);
        }

        @SuppressWarnings("try")
        private ArrayPoint[] onTensors(int[] items, double[][] x, @Nullable ArrayPoint[] from) {
            int n = objective.dimension();
            ArrayPoint[] points = new ArrayPoint[items.length];
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray batch = HostArrays.create(manager(), type, HostArrays.flat(x, n), items.length, n);
                ValueAndGradient at = selection(items).evaluate(batch);
                double[] values = HostArrays.doubles(at.values());
                double[] gradients = HostArrays.doubles(at.gradient());
                for (int k = 0; k < points.length; k++) {
                    double[] gradient = Arrays.copyOfRange(gradients, k * n, (k + 1) * n);
                    points[k] = new ArrayPoint(x[k], from[k], values[k], gradient);
                }
            }
            return points;
        }

        private NDManager manager() {
            if (manager == null) {
                manager = TensorRuntime.get().newManager(Device.cpu());
            }
            return manager;
        }

        @Override
        public void close() {
            if (manager != null) {
                manager.close();
            }
        }

        private Objective selection(int[] items) {
            if (selection == null || !Arrays.equals(items, selected)) {
                boolean all = selection == null;
                selection = all ? objective : objective.select(items);
                selected = items.clone();
            }
            return selection;
        }
    }
}
