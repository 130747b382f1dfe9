package dev.secant.minimize.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RunProgress;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.ThinnedColumn;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps iterates and the angles of steps to steepest descent, within a bound on memory, and passes on progress and what ends items.
 */
final class TrajectoryRecorder implements Observer {

    private final BatchObjective objective;
    private final NDManager manager;
    private final MinimizationPlan.TrajectoryRecording recording;
    private final Ends ends;
    private final Runnable onStep;
    private final Consumer<RunProgress> onProgress;
    private final List<List<SolverRun.Point>> points = new ArrayList<>();
    private final List<ThinnedColumn> cosines = new ArrayList<>();
    private final int[] spacing;
    private final int[] steps;
    private double @Nullable [][] lastX;
    private double @Nullable [][] lastGradient;

    /**
     * @param objective what is minimized, for gradients and the request's variables
     * @param manager makes the points where gradients are evaluated on tensors
     * @param recording what is kept
     * @param ends what ends items, one by one
     * @param onStep told after each step
     * @param onProgress told after each step how far the items are
     */
    TrajectoryRecorder(
            BatchObjective objective,
            NDManager manager,
            MinimizationPlan.TrajectoryRecording recording,
            Ends ends,
            Runnable onStep,
            Consumer<RunProgress> onProgress) {
        this.objective = objective;
        this.manager = manager;
        this.recording = recording;
        this.ends = ends;
        this.onStep = onStep;
        this.onProgress = onProgress;
        this.steps = new int[ends.rules.size()];
        this.spacing = new int[steps.length];
        Arrays.fill(spacing, recording.every());
        for (int item = 0; item < steps.length; item++) {
            points.add(new ArrayList<>());
            cosines.add(new ThinnedColumn(recording.limit()));
        }
    }

    /**
     * What ends items.
     *
     * @param rules one for each
     * @param late whether an item's own time is up
     * @param cancelled whether an item is no longer wanted
     */
    record Ends(List<StopRule> rules, IntPredicate late, IntPredicate cancelled) {}

    @Override
    public StopRule ruleOf(int item, StopRule rule) {
        return ends.rules.get(item);
    }

    @Override
    public boolean isLate(int item) {
        return ends.late.test(item);
    }

    @Override
    public boolean isCancelled(int item) {
        return ends.cancelled.test(item);
    }

    @Override
    public int historyLimit() {
        return recording.limit();
    }

    @Override
    public void onProgress(RunProgress progress) {
        for (int item = 0; item < steps.length; item++) {
            steps[item] = progress.steps(item);
        }
        onProgress.accept(progress);
    }

    @Override
    @SuppressWarnings("try")
    public void onStep(int step, Points x) {
        onStep.run();
        if (!recording.iterates() && !recording.cosines()) {
            return;
        }
        try (MemoryScope scope = MemoryScope.open()) {
            if (recording.iterates() && step % recording.every() == 0) {
                double[][] rows = objective.outer(x.rows());
                for (int item = 0; item < rows.length; item++) {
                    add(item, step, rows[item]);
                }
            }
            if (recording.cosines()) {
                addCosines(x.rows(), rows(objective.evaluate(x.tensor(manager)).gradient()));
            }
        }
    }

    /** Keeps an iterate; one that has stopped stands still while others go on, and a full list drops every second point. */
    private void add(int item, int step, double[] x) {
        if (steps[item] != step || step % spacing[item] != 0) {
            return;
        }
        List<SolverRun.Point> kept = points.get(item);
        if (kept.size() >= recording.limit()) {
            spacing[item] *= 2;
            kept.removeIf(point -> point.step() % spacing[item] != 0);
            if (step % spacing[item] != 0) {
                return;
            }
        }
        kept.add(new SolverRun.Point(step, x));
    }

    private void addCosines(double[][] x, double[][] gradient) {
        for (int item = 0; item < x.length; item++) {
            if (cosines.get(item).count() == steps[item]) {
                cosines.get(item)
                        .add(
                                lastX == null || lastGradient == null
                                        ? Double.NaN
                                        : cosine(lastX[item], x[item], lastGradient[item]));
            }
        }
        lastX = x;
        lastGradient = gradient;
    }

    private static double cosine(double[] from, double[] to, double[] gradient) {
        double product = 0;
        double step = 0;
        double slope = 0;
        for (int i = 0; i < from.length; i++) {
            double difference = to[i] - from[i];
            product -= difference * gradient[i];
            step += difference * difference;
            slope += gradient[i] * gradient[i];
        }
        return product / Math.sqrt(step * slope);
    }

    /** The iterates kept of an item. */
    List<SolverRun.Point> points(int item) {
        return points.get(item);
    }

    /** The cosines of the recorded steps: NaN at the start; empty where not asked for. To be asked once, at the end. */
    double[] cosines(int item) {
        return cosines.get(item).take();
    }

    static double[][] rows(NDArray array) {
        double[] flat = array.toType(DataType.FLOAT64, false).toDoubleArray();
        int n = (int) array.getShape().get(1);
        double[][] rows = new double[flat.length / n][];
        Arrays.setAll(rows, b -> Arrays.copyOfRange(flat, b * n, (b + 1) * n));
        return rows;
    }
}
