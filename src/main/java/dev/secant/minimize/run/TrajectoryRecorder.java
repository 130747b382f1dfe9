package dev.secant.minimize.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Keeps iterates and the angles of steps to steepest descent, and passes on what ends items. */
final class TrajectoryRecorder implements Observer {

    private final BatchObjective objective;
    private final NDManager manager;
    private final MinimizationPlan.TrajectoryRecording recording;
    private final Ends ends;
    private final Runnable onStep;
    private final List<List<SolverRun.Point>> points = new ArrayList<>();
    private final List<double[]> cosines = new ArrayList<>();
    private double @Nullable [][] lastX;
    private double @Nullable [][] lastGradient;

    /**
     * @param objective what is minimized, for gradients and the request's variables
     * @param manager makes the points where gradients are evaluated on tensors
     * @param recording what is kept
     * @param ends what ends items, one by one
     * @param onStep told after each step
     */
    TrajectoryRecorder(
            BatchObjective objective,
            NDManager manager,
            MinimizationPlan.TrajectoryRecording recording,
            Ends ends,
            Runnable onStep) {
        this.objective = objective;
        this.manager = manager;
        this.recording = recording;
        this.ends = ends;
        this.onStep = onStep;
        for (int item = 0; item < ends.rules.size(); item++) {
            points.add(new ArrayList<>());
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
    @SuppressWarnings("try")
    public void onStep(int step, Points x) {
        onStep.run();
        try (MemoryScope scope = MemoryScope.open()) {
            if (recording.iterates() && step % recording.every() == 0) {
                double[][] rows = objective.outer(x.rows());
                for (int item = 0; item < rows.length; item++) {
                    points.get(item).add(new SolverRun.Point(step, rows[item]));
                }
            }
            if (recording.cosines()) {
                addCosines(x.rows(), rows(objective.evaluate(x.tensor(manager)).gradient()));
            }
        }
    }

    private void addCosines(double[][] x, double[][] gradient) {
        double[] now = new double[x.length];
        Arrays.fill(now, Double.NaN);
        if (lastX != null && lastGradient != null) {
            for (int item = 0; item < x.length; item++) {
                now[item] = cosine(lastX[item], x[item], lastGradient[item]);
            }
        }
        cosines.add(now);
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

    /** What was kept of an item that made so many steps: it stands still while others go on. */
    List<SolverRun.Point> points(int item, int steps) {
        return points.get(item).stream().filter(point -> point.step() <= steps).toList();
    }

    /** One cosine for the start (NaN) and for each step. */
    double[] cosines(int item, int steps) {
        return cosines.stream().limit(steps + 1L).mapToDouble(row -> row[item]).toArray();
    }

    static double[][] rows(NDArray array) {
        double[] flat = array.toType(DataType.FLOAT64, false).toDoubleArray();
        int n = (int) array.getShape().get(1);
        double[][] rows = new double[flat.length / n][];
        Arrays.setAll(rows, b -> Arrays.copyOfRange(flat, b * n, (b + 1) * n));
        return rows;
    }
}
