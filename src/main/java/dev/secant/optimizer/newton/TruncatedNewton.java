package dev.secant.optimizer.newton;

import dev.secant.optimizer.Objective;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.Products;
import dev.secant.optimizer.batch.StoppedPoints;
import dev.secant.optimizer.batch.VectorSpace;
import java.util.Arrays;

/** Conjugate gradients for {@code H p = -g} of every item at once; items leave as they finish. */
final class TruncatedNewton {

    /** Below this cosine between d and Hd the curvature counts as none. */
    private static final double LEAST_CURVATURE = 1e-6;

    /** The vectors whose products an iteration reads back. */
    private static final int RESIDUAL = 0;

    private static final int DIRECTION = 1;
    private static final int PRODUCT = 2;
    private static final int GRADIENT = 3;

    private final BatchRun run;
    private final VectorSpace space;
    private final double[] targets;
    private final boolean[] curved;
    private final double[] slopes;
    private RowSelection rows;
    private Block gradient;
    private Block solution;
    private Block residual;
    private Block direction;

    /**
     * What was found.
     *
     * @param direction {@code [A, n]}
     * @param slopes {@code g . d}
     * @param curved whether it is more than the negative gradient
     */
    record Solution(Block direction, double[] slopes, boolean[] curved) {}

    private TruncatedNewton(BatchRun run, double[] targets) {
        this.run = run;
        this.space = run.space();
        this.targets = targets;
        this.curved = new boolean[run.size()];
        this.slopes = new double[run.size()];
        this.rows = run.all();
        this.gradient = run.current().gradient();
        this.residual = gradient;
        this.direction = space.scaled(-1, residual);
        this.solution = space.scaled(0, residual);
    }

    /**
     * Solves until the residuals' norms are below their targets.
     *
     * @param targets one an item
     * @param maxIterations products at most
     */
    static Solution solve(BatchRun run, double[] targets, int maxIterations) {
        TruncatedNewton solver = new TruncatedNewton(run, targets);
        try (StoppedPoints finished = new StoppedPoints(run.space())) {
            for (int iteration = 0; iteration < maxIterations && !solver.rows.isEmpty(); iteration++) {
                solver.leave(finished, solver.bankrupt());
                if (!solver.rows.isEmpty()) {
                    solver.leave(finished, solver.iterate());
                }
            }
            boolean[] rest = new boolean[solver.rows.size()];
            Arrays.fill(rest, true);
            solver.leave(finished, rest);
            return new Solution(run.space().copy(finished.inOrder()), solver.slopes, solver.curved);
        }
    }

    /** Which of the remaining rows could not afford another product and the trial after it. */
    private boolean[] bankrupt() {
        boolean[] bankrupt = new boolean[rows.size()];
        for (int k = 0; k < bankrupt.length; k++) {
            bankrupt[k] = !run.mayEvaluate(rows.indices()[k], Objective.PRODUCT_EVALUATIONS + 1);
        }
        return bankrupt;
    }

    /** One iteration; returns which of the remaining rows are done. */
    private boolean[] iterate() {
        Block product = run.hessianVectorProduct(rows, direction);
        Products gram = space.products(residual, direction, product, gradient);
        int size = rows.size();
        double[] lengths = new double[size];
        double[] factors = new double[size];
        double[] minus = new double[size];
        boolean[] done = new boolean[size];
        for (int k = 0; k < size; k++) {
            minus[k] = -1;
            double squared = gram.get(k, RESIDUAL, RESIDUAL);
            double curvature = gram.get(k, DIRECTION, PRODUCT);
            if (!Double.isFinite(curvature) || gram.get(k, PRODUCT, PRODUCT) == 0) {
                done[k] = true;
                continue;
            }
            // Where the curvature is negative or nearly none, the search goes on along this last direction, as far as
            // it would if the curvature had the other sign: every direction of conjugate gradients descends.
            double least =
                    LEAST_CURVATURE * Math.sqrt(gram.get(k, DIRECTION, DIRECTION) * gram.get(k, PRODUCT, PRODUCT));
            boolean convex = curvature > least;
            curvature = Math.max(Math.abs(curvature), least);
            int row = rows.indices()[k];
            curved[row] = true;
            double length = squared / curvature;
            double next = squared
                    + 2 * length * gram.get(k, RESIDUAL, PRODUCT)
                    + length * length * gram.get(k, PRODUCT, PRODUCT);
            lengths[k] = length;
            slopes[row] += length * gram.get(k, DIRECTION, GRADIENT);
            factors[k] = Math.max(0, next) / squared;
            done[k] = !convex || next <= targets[row] * targets[row];
        }
        solution = space.sum(lengths, direction, solution);
        residual = space.sum(lengths, product, residual);
        direction = space.sum(factors, direction, minus, residual);
        return done;
    }

    /** Takes rows out; those that met no curvature get the negative gradient. */
    private void leave(StoppedPoints finished, boolean[] leaving) {
        RowSelection going = RowSelection.where(leaving);
        if (going.isEmpty()) {
            return;
        }
        boolean[] bent = new boolean[leaving.length];
        for (int k = 0; k < leaving.length; k++) {
            int row = rows.indices()[k];
            bent[k] = curved[row];
            if (leaving[k] && !curved[row]) {
                double norm = run.current().gradientNorms()[row];
                slopes[row] = -norm * norm;
            }
        }
        Block found = space.where(bent, solution, space.scaled(-1, gradient));
        finished.add(going.of(rows.indices()), space.gather(found, going));
        RowSelection staying = going.others();
        if (!staying.isEmpty()) {
            gradient = space.gather(gradient, staying);
            solution = space.gather(solution, staying);
            residual = space.gather(residual, staying);
            direction = space.gather(direction, staying);
        }
        rows = new RowSelection(staying.of(rows.indices()), rows.total());
    }
}
