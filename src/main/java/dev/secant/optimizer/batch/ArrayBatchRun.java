package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One batch on its way, on plain arrays: what {@link TensorBatchRun} is on tensors. All arithmetic but the objective's is in double
 * precision on the JVM, without a call of the engine; for small problems that is many times faster.
 *
 * <p>Items go step by step together, and the trials of all that still search are evaluated together.
 */
public final class ArrayBatchRun {

    /** Numbers in a batch above which a step's vectors outgrow the caches, and the engine's threads win. */
    private static final long LARGEST_BATCH = 1_000_000;

    private final PointEvaluator evaluator;
    private final BatchTracker tracker;
    private final AskTellMethod[] methods;
    private final AskTellMethod.Step[] steps;
    private final ArrayPoint[] current;
    private final double[][] best;
    private final NDManager manager;
    private final DataType type;
    private int[] running;
    private int round;

    private ArrayBatchRun(Objective objective, NDArray start, BatchTracker tracker, AskTellMethod.Factory method) {
        this.manager = start.getManager();
        this.type = start.getDataType();
        this.evaluator = new PointEvaluator(objective, manager, type);
        this.tracker = tracker;
        int n = objective.dimension();
        double[] points = BatchEvaluation.doubles(start);
        this.best = new double[tracker.size()][];
        this.methods = new AskTellMethod[best.length];
        this.steps = new AskTellMethod.Step[best.length];
        this.running = IntStream.range(0, best.length).toArray();
        for (int item : running) {
            best[item] = Arrays.copyOfRange(points, item * n, (item + 1) * n);
            methods[item] = method.make(item, tracker.epsilon());
        }
        this.current = evaluator.evaluate(running, best, new ArrayPoint[best.length]);
        for (int item : running) {
            tracker.startAt(item, current[item].value(), current[item].gradientNorm());
        }
        settle();
    }

    /** Whether a batch is better minimized on arrays than on tensors. */
    public static boolean suits(NDArray start) {
        return !start.getDevice().isGpu() && start.size() <= LARGEST_BATCH;
    }

    /**
     * Minimizes every item with a method of its own.
     *
     * @param method makes the method of each item
     * @throws IllegalArgumentException if the start is not a batch of the objective's dimension
     */
    public static Optimum minimize(
            Objective objective, NDArray start, StopRule rule, Observer observer, AskTellMethod.Factory method) {
        ArrayBatchRun run =
                new ArrayBatchRun(objective, start, BatchTracker.open(objective, start, rule, observer), method);
        while (run.running.length > 0) {
            run.step();
        }
        return new Optimum(run.array(run.best), run.tracker.outcomes());
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
        round++;
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
        tracker.settle(running, this::show);
        running =
                Arrays.stream(running).filter(item -> !tracker.isStopped(item)).toArray();
    }

    private void show(Observer observer) {
        double[][] shown = new double[best.length][];
        for (int item = 0; item < shown.length; item++) {
            shown[item] = tracker.isStopped(item) ? best[item] : current[item].x();
        }
        try (NDArray points = array(shown)) {
            observer.onStep(round, points);
        }
    }

    private NDArray array(double[][] rows) {
        int n = rows[0].length;
        return HostArrays.create(manager, type, HostArrays.flat(rows, n), rows.length, n);
    }
}
