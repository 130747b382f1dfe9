package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;

/**
 * An optimization method with its settings; stateless, so that one instance serves any number of batches.
 *
 * <p>Every implementation passes {@code OptimizerContract}.
 */
public interface Optimizer {

    /** The field's name for the method, for reports: {@code L-BFGS}, {@code Adam}, {@code L-SR1 (secant)}. */
    String name();

    /**
     * Minimizes every item of a batch.
     *
     * @param objective B functions of n variables
     * @param start the starting points, {@code [B, n]}; not modified; its manager makes the result's arrays and its data
     *     type is computed in
     * @param stopRule when an item stops
     * @param observer told after each step, and asked which items are cancelled; {@link Observer#NONE} for neither
     * @return one outcome an item, and what happened on the way
     */
    Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer);

    /** Minimizes without an observer. */
    default Optimum minimize(Objective objective, NDArray start, StopRule stopRule) {
        return minimize(objective, start, stopRule, Observer.NONE);
    }
}
