package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.Block;

/**
 * The vectors of SR1's pairs on one storage, in the slots that {@link PairRings} names. Each pair is divided by the length of its step,
 * which changes no secant equation and keeps products in range.
 */
interface Sr1Pairs extends AutoCloseable {

    /** Asks for what {@link #store} will need of trials. */
    default void measure(BatchEvaluation trials) {}

    /**
     * Puts the pair from an item's current point to a trial in its free slot.
     *
     * @param k the trial's place
     */
    void store(int row, BatchEvaluation trials, int k);

    /** {@code s'y} of a slot. */
    double curvature(int row, int slot);

    /** {@code y'y} of a slot. */
    double changeSquare(int row, int slot);

    /** The matrix that an item's pairs make of {@code gamma I}. */
    Sr1Model model(int row, double gamma);

    /** The products of the model's vectors with the gradient at the current point. */
    double[] slopes(int row, Sr1Model model);

    /**
     * Displacements by the models made last.
     *
     * @param gradientFactors of the gradients, one a row
     * @param vectorFactors of the models' vectors, one row each
     */
    Block displacements(RowSelection rows, double[] gradientFactors, double[][] vectorFactors);

    /** Ends a step: what is stored from now on belongs to other trials. */
    default void endStep() {}

    void keep(RowSelection rows);

    @Override
    void close();
}
