package dev.secant.optimizer.linesearch;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.Block;

/** A method's state in one batch: it chooses the directions that {@link LineSearchMethod} searches along. */
public interface Directions extends AutoCloseable {

    /**
     * Directions of search.
     *
     * @param direction {@code [A, n]}
     * @param slopes {@code g . d}
     * @param firstTrials the first step lengths to try; NaN leaves the choice to the search
     */
    record Descent(Block direction, double[] slopes, double[] firstTrials) {}

    /** The directions of the running items from {@code run.current()}. */
    Descent next();

    /** Asks for numbers of the trials that are read back together with their values. */
    default void measure(BatchEvaluation trials) {}

    /** Learns from the way from {@code run.current()} to the next points, before these are accepted. */
    void learn(BatchEvaluation next);

    /** An item starts over: the search goes on along its negative gradient. */
    void forget(int row);

    /** Only these rows still run. */
    void keep(RowSelection rows);

    @Override
    void close();
}
