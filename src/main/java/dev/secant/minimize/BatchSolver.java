package dev.secant.minimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Runs optimizers, and Levenberg and Marquardt's method, on some items of one batch. */
final class BatchSolver {

    private final BatchObjective objective;
    private final @Nullable BatchObjective residuals;
    private final NDManager manager;
    private final MinimizationPlan plan;
    private final IntPredicate cancelled;

    /**
     * @param objective of all items
     * @param residuals of all items, where the formula is a sum of squares
     * @param manager makes the points
     * @param plan any of the batch: what they share is taken from it
     * @param cancelled by item
     */
    BatchSolver(
            BatchObjective objective,
            @Nullable BatchObjective residuals,
            NDManager manager,
            MinimizationPlan plan,
            IntPredicate cancelled) {
        this.objective = objective;
        this.residuals = residuals;
        this.manager = manager;
        this.plan = plan;
        this.cancelled = cancelled;
    }

    /** Whether Levenberg and Marquardt's method applies: float64, and a Jacobian that fits. */
    boolean hasResiduals() {
        return residuals != null
                && plan.float64()
                && (long) residuals.resultSize() * residuals.resultSize() * residuals.dimension() <= 20_000_000L;
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
    List<Solved> minimize(Optimizer optimizer, int[] items, double[][] starts, StopRule rule) {
        BatchObjective selected = objective.select(items);
        WayRecorder way = new WayRecorder(selected, items.length, plan.keep(), item -> cancelled.test(items[item]));
        DataType type = plan.float64() ? DataType.FLOAT64 : DataType.FLOAT32;
        try (NDArray start = manager.create(starts).toType(type, false);
                Optimum optimum = optimizer.minimize(selected, start, rule, way)) {
            double[][] x = WayRecorder.rows(optimum.x());
            List<Solved> solved = new ArrayList<>();
            for (int i = 0; i < items.length; i++) {
                Optimum.Outcome outcome = optimum.items().get(i);
                solved.add(new Solved(
                        x[i], outcome, List.of(), way.points(i, outcome.steps()), way.cosines(i, outcome.steps())));
            }
            return solved;
        }
    }

    /** Minimizes one item as a sum of squares. */
    Solved minimizeSquares(int item, double[] start, StopRule rule) {
        if (residuals == null) {
            throw new IllegalStateException("The formula is no sum of squares.");
        }
        int[] row = {item};
        WayRecorder way = new WayRecorder(objective.select(row), 1, plan.keep(), any -> cancelled.test(item));
        Solved solved = new LevenbergMarquardt(residuals.select(row), manager, rule, way).minimize(start);
        int steps = solved.outcome().steps();
        return new Solved(solved.x(), solved.outcome(), List.of(), way.points(0, steps), way.cosines(0, steps));
    }

    static int[] all(int size) {
        int[] items = new int[size];
        Arrays.setAll(items, i -> i);
        return items;
    }
}
