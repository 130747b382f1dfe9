package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.CurvatureCondition;

/**
 * The last m secant pairs {@code s = x_k - x_(k-1)}, {@code y = g_k - g_(k-1)} of every item, and the inverse Hessian that satisfies the
 * secant equation on the newest and is positive definite (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, algorithm 7.4).
 *
 * <p>Which pairs are accepted, their order and when they are forgotten is decided here; the products are the storage's algebra: {@link
 * PairsOnArrays} and {@link PairsOnTensors}.
 */
public final class SecantPairs implements AutoCloseable {

    private final PairRings rings;
    private final PairAlgebra algebra;

    /** The vectors of pairs on one storage. */
    interface PairAlgebra extends AutoCloseable {

        /** Asks for what {@link #store} will need of trials. */
        default void measure(BatchEvaluation trials) {}

        /** Stores the pairs of a step in each item's free slot. */
        void store(BatchEvaluation next);

        /** {@code s'y} of the pair in an item's free slot. */
        double product(int row);

        /** {@code ||s||} of the pair in an item's free slot. */
        double stepLength(int row);

        /** {@code ||y||} of the pair in an item's free slot. */
        double changeLength(int row);

        /**
         * {@code -B g} at the current points.
         *
         * @param slopes receives {@code -g'B g}
         */
        Block descent(double[] slopes);

        void keep(RowSelection rows);

        @Override
        void close();
    }

    /**
     * Without pairs.
     *
     * @param memory m, at least 1
     */
    public SecantPairs(BatchRun run, int memory) {
        this.rings = new PairRings(run.size(), memory);
        this.algebra = run.space().storage() == Storage.ARRAYS
                ? new PairsOnArrays(run, rings)
                : new PairsOnTensors(run, rings);
    }

    /** Whether nothing is known of an item. */
    public boolean isEmpty(int row) {
        return rings.count(row) == 0;
    }

    /** Forgets an item's pairs. */
    public void forget(int row) {
        rings.forget(row);
    }

    /** Asks for what {@link #learn} will need of trials; on tensors it is read back with their values. */
    public void measure(BatchEvaluation trials) {
        algebra.measure(trials);
    }

    /** Stores the pairs from the current points to the next, each in place of the oldest, unless its curvature is not positive. */
    public void learn(BatchEvaluation next) {
        algebra.store(next);
        for (int row = 0; row < rings.size(); row++) {
            if (CurvatureCondition.accepts(algebra.product(row), algebra.stepLength(row), algebra.changeLength(row))) {
                rings.accept(row);
            }
        }
    }

    /**
     * {@code -B g} at the current points; minus the gradient where no pair is stored.
     *
     * @param slopes receives {@code -g'B g}
     */
    public Block descent(double[] slopes) {
        return algebra.descent(slopes);
    }

    /** Only these rows still run. */
    public void keep(RowSelection rows) {
        rings.keep(rows);
        algebra.keep(rows);
    }

    @Override
    public void close() {
        algebra.close();
    }
}
