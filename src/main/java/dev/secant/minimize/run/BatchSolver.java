package dev.secant.minimize.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.newton.LevenbergMarquardt;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Runs optimizers on some items of one batch, all within one deadline. */
public final class BatchSolver {

    /** Numbers that the Jacobians of a batch may take, with the copies they are made of. */
    private static final long JACOBIAN_ELEMENTS = 20_000_000;

    private final BatchObjective objective;
    private final @Nullable SquaredResiduals squares;
    private final NDManager manager;
    private final MinimizationPlan plan;
    private final Running running;

    /**
     * What may end a batch early, and who is told how it goes.
     *
     * @param deadline of all its phases
     * @param cancelled by item
     * @param onStep told after each step of the batch, with the optimizer's name
     * @param progress tells each start how far it is
     */
    record Running(Deadline deadline, IntPredicate cancelled, Consumer<String> onStep, ProgressReporter progress) {}

    /**
     * @param objective of all items
     * @param squares of all items, where the formula is a sum of squares
     * @param manager makes the points
     * @param plan any of the batch: what they share is taken from it
     * @param running what may end it early
     */
    BatchSolver(
            BatchObjective objective,
            @Nullable SquaredResiduals squares,
            NDManager manager,
            MinimizationPlan plan,
            Running running) {
        this.objective = objective;
        this.squares = squares;
        this.manager = manager;
        this.plan = plan;
        this.running = running;
    }

    /** Whether Levenberg and Marquardt's method applies: float64, and a Jacobian that fits. */
    boolean hasResiduals() {
        return squares != null && plan.float64() && fits(squares.size(), squares.dimension());
    }

    /** Whether the Jacobian of m residuals of n variables fits. */
    public static boolean fits(int m, int n) {
        return (long) m * m * n <= JACOBIAN_ELEMENTS;
    }

    /** The number of variables. */
    int dimension() {
        return objective.dimension();
    }

    /**
     * Minimizes some items with an optimizer.
     *
     * @param items their places in the batch
     * @param starts their points, in the solver's variables
     */
    List<SolverRun> minimize(Optimizer optimizer, int[] items, double[][] starts, StopRule rule) {
        if (!(optimizer instanceof LevenbergMarquardt)) {
            return minimize(optimizer, objective.select(items), items, starts, rule);
        }
        if (squares == null) {
            throw new IllegalStateException("The formula is no sum of squares.");
        }
        long each = Math.max(1, (long) squares.size() * squares.size() * squares.dimension());
        int chunk = (int) Math.max(1, JACOBIAN_ELEMENTS / each);
        List<SolverRun> solved = new ArrayList<>();
        for (int from = 0; from < items.length; from += chunk) {
            int to = Math.min(items.length, from + chunk);
            int[] some = Arrays.copyOfRange(items, from, to);
            solved.addAll(minimize(optimizer, squares.select(some), some, Arrays.copyOfRange(starts, from, to), rule));
        }
        return solved;
    }

    private List<SolverRun> minimize(
            Optimizer optimizer, Objective selected, int[] items, double[][] starts, StopRule rule) {
        TrajectoryRecorder recorder = new TrajectoryRecorder(
                objective.select(items),
                items.length,
                plan.recording(),
                item -> running.cancelled.test(items[item]),
                () -> running.onStep.accept(optimizer.name()),
                progress -> running.progress.report(items, progress));
        running.progress.begin(items);
        DataType type = plan.float64() ? DataType.FLOAT64 : DataType.FLOAT32;
        try (NDArray start = Tensors.of(manager, starts).toType(type, false);
                Optimum optimum = optimizer.minimize(selected, start, running.deadline.within(rule), recorder)) {
            double[][] x = TrajectoryRecorder.rows(optimum.x());
            List<SolverRun> solved = new ArrayList<>();
            for (int i = 0; i < items.length; i++) {
                Optimum.Outcome outcome = optimum.items().get(i);
                solved.add(new SolverRun(
                        x[i],
                        outcome,
                        List.of(),
                        recorder.points(i),
                        recorder.cosines(i),
                        plan.recording().limit()));
            }
            return solved;
        }
    }

    static int[] all(int size) {
        int[] items = new int[size];
        Arrays.setAll(items, i -> i);
        return items;
    }
}
