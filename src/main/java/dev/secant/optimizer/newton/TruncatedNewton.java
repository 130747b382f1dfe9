package dev.secant.optimizer.newton;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.Gram;
import dev.secant.optimizer.batch.StoppedTensors;
import dev.secant.optimizer.batch.TensorBatchRun;

/** Conjugate gradients for {@code H p = -g} of every item at once; items leave as they finish. */
final class TruncatedNewton {

    private static final double LEAST_CURVATURE = 1e-6;

    private final TensorBatchRun run;
    private final double[] targets;
    private final boolean[] curved;
    private RowSelection rows;
    private NDArray solution;
    private NDArray residual;
    private NDArray direction;

    /**
     * What was found.
     *
     * @param direction {@code [A, n]}
     * @param curved whether it is more than the negative gradient
     */
    record Solution(NDArray direction, boolean[] curved) {}

    private TruncatedNewton(TensorBatchRun run, double[] targets) {
        this.run = run;
        this.targets = targets;
        this.curved = new boolean[run.size()];
        this.rows = RowSelection.all(run.size());
        this.residual = run.current().gradient();
        this.direction = residual.neg();
        this.solution = residual.zerosLike();
    }

    /**
     * Solves until the residuals' norms are below their targets.
     *
     * @param targets one an item
     * @param maxIterations products at most
     */
    static Solution solve(TensorBatchRun run, double[] targets, int maxIterations) {
        TruncatedNewton solver = new TruncatedNewton(run, targets);
        try (StoppedTensors finished = new StoppedTensors()) {
            for (int iteration = 0; iteration < maxIterations && !solver.rows.isEmpty(); iteration++) {
                solver.leave(
                        finished,
                        solver.rows.filter(
                                k -> !run.mayEvaluate(solver.rows.indices()[k], Objective.PRODUCT_EVALUATIONS + 1)));
                if (!solver.rows.isEmpty()) {
                    solver.leave(finished, solver.iterate());
                }
            }
            solver.leave(finished, solver.rows);
            NDArray all = finished.inOrder().duplicate();
            return new Solution(all, solver.curved);
        }
    }

    /** One iteration; returns the rows that are done. */
    private RowSelection iterate() {
        NDArray product = run.hessianVectorProduct(rows, direction);
        Gram gram = Gram.of(residual, direction, product);
        int size = rows.size();
        double[] lengths = new double[size];
        double[] factors = new double[size];
        boolean[] done = new boolean[size];
        for (int k = 0; k < size; k++) {
            double squared = gram.get(k, 0, 0);
            double curvature = gram.get(k, 1, 2);
            if (!Double.isFinite(curvature) || gram.get(k, 2, 2) == 0) {
                done[k] = true;
                continue;
            }
            // Where the curvature is negative or nearly none, the search goes on along this last direction, as far as
            // it would if the curvature had the other sign: every direction of conjugate gradients descends.
            double least = LEAST_CURVATURE * Math.sqrt(gram.get(k, 1, 1) * gram.get(k, 2, 2));
            boolean convex = curvature > least;
            curvature = Math.max(Math.abs(curvature), least);
            curved[rows.indices()[k]] = true;
            double length = squared / curvature;
            double next = squared + 2 * length * gram.get(k, 0, 2) + length * length * gram.get(k, 2, 2);
            lengths[k] = length;
            factors[k] = Math.max(0, next) / squared;
            done[k] = !convex || next <= targets[rows.indices()[k]] * targets[rows.indices()[k]];
        }
        NDArray length = run.column(lengths);
        solution = solution.add(direction.mul(length));
        residual = residual.add(product.mul(length));
        direction = direction.mul(run.column(factors)).sub(residual);
        return rows.filter(k -> done[k]);
    }

    /** Takes rows out; those that met no curvature get the negative gradient. */
    private void leave(StoppedTensors finished, RowSelection leaving) {
        if (leaving.isEmpty()) {
            return;
        }
        boolean[] leaves = new boolean[rows.total()];
        for (int row : leaving.indices()) {
            leaves[row] = true;
        }
        RowSelection going = RowSelection.where(rows.size(), k -> leaves[rows.indices()[k]]);
        RowSelection staying = RowSelection.where(rows.size(), k -> !leaves[rows.indices()[k]]);
        RowSelection flat = going.filter(k -> !curved[rows.indices()[going.indices()[k]]]);
        RowSelection bent = going.filter(k -> curved[rows.indices()[going.indices()[k]]]);
        if (!flat.isEmpty()) {
            finished.add(flat.of(rows.indices()), flat.of(residual).neg());
        }
        if (!bent.isEmpty()) {
            finished.add(bent.of(rows.indices()), bent.of(solution));
        }
        solution = staying.of(solution);
        residual = staying.of(residual);
        direction = staying.of(direction);
        rows = new RowSelection(staying.of(rows.indices()), rows.total());
    }
}
