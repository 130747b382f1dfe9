package dev.secant.minimize.run;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.Deadline;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.newton.LevenbergMarquardt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Runs optimizers on some items of one batch, each item within its own budget. */
public final class BatchSolver {

    /** Numbers that the Jacobians of a batch may take, with the copies they are made of. */
    private static final long JACOBIAN_ELEMENTS = 20_000_000;

    private final BatchObjective objective;
    private final @Nullable SquaredResiduals squares;
    private final NDManager manager;
    private final MinimizationPlan plan;
    private final Running running;

    /**
     * What may end items early, and who is told how it goes.
     *
     * @param deadlines by item, of all its phases
     * @param cancelled by item
     * @param onStep told after each step of the batch, with the optimizer's name
     * @param progress tells each start how far it is
     */
    public record Running(
            Deadline[] deadlines, IntPredicate cancelled, Consumer<String> onStep, ProgressReporter progress) {

        /** The end of those of some items that have the longest. */
        Deadline last(int[] items) {
            Deadline last = deadlines[items[0]];
            for (int item : items) {
                last = last.isBefore(deadlines[item]) ? deadlines[item] : last;
            }
            return last;
        }

        /** Whether an item is late, or no longer wanted. */
        public boolean isOver(int item) {
            return cancelled.test(item) || deadlines[item].isOver();
        }
    }

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

    /** The rounding unit of the arithmetic. */
    double epsilon() {
        return plan.epsilon();
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
     * @param rules what each may spend: an item's result depends on no other item's budget
     */
    List<SolverRun> minimize(Optimizer optimizer, int[] items, double[][] starts, List<StopRule> rules) {
        if (!(optimizer instanceof LevenbergMarquardt)) {
            return minimize(optimizer, null, items, starts, rules);
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
            solved.addAll(
                    minimize(optimizer, squares, some, Arrays.copyOfRange(starts, from, to), rules.subList(from, to)));
        }
        return solved;
    }

    /** Minimizes the residuals where they are given, else the objective. */
    private List<SolverRun> minimize(
            Optimizer optimizer,
            @Nullable SquaredResiduals residuals,
            int[] items,
            double[][] starts,
            List<StopRule> rules) {
        BatchObjective formula = objective.select(items);
        Objective minimized = residuals == null ? formula : residuals.select(items);
        try {
            return minimize(optimizer, minimized, formula, items, starts, rules);
        } finally {
            if (residuals != null) {
                residuals.release(minimized);
            }
            objective.release(formula);
        }
    }

    /**
     * @param minimized of the items
     * @param formula of the items, whose points are recorded
     */
    private List<SolverRun> minimize(
            Optimizer optimizer,
            Objective minimized,
            BatchObjective formula,
            int[] items,
            double[][] starts,
            List<StopRule> rules) {
        Deadline last = running.last(items);
        TrajectoryRecorder.Ends ends = new TrajectoryRecorder.Ends(
                rules,
                item -> running.deadlines[items[item]].isBefore(last) && running.deadlines[items[item]].isOver(),
                item -> running.cancelled.test(items[item]));
        TrajectoryRecorder recorder = new TrajectoryRecorder(
                formula,
                manager,
                plan.recording(),
                ends,
                () -> running.onStep.accept(optimizer.name()),
                progress -> running.progress.report(items, progress));
        running.progress.begin(items);
        DataType type = plan.float64() ? DataType.FLOAT64 : DataType.FLOAT32;
        Execution execution = Execution.on(manager.getDevice());
        Points start = Points.of(starts, type);
        StopRule within = last.within(rules.get(0));
        try (Optimum optimum = optimizer.minimize(minimized, start, execution, within, recorder)) {
            double[][] x = optimum.x().rows();
            List<SolverRun> solved = new ArrayList<>();
            for (int i = 0; i < items.length; i++) {
                Optimum.Outcome outcome = optimum.items().get(i);
                solved.add(new SolverRun(
                        x[i],
                        optimum.storage(),
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
