package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;

/**
 * An optimization method with its settings; stateless, so that one instance serves any number of batches and threads.
 *
 * <p>Every method exists once, written against {@code batch.VectorSpace}, and runs on either {@link Storage}. Every implementation
 * passes {@code OptimizerContract} on both.
 */
public interface Optimizer {

    /** The field's name for the method, for reports: {@code L-BFGS}, {@code Adam}, {@code L-SR1 (secant)}. */
    String name();

    /**
     * Minimizes every item of a batch.
     *
     * @param objective B functions of n variables
     * @param start the starting points, {@code [B, n]}; not modified; their data type is computed in
     * @param execution the device, and the storage if it is forced
     * @param stopRule when an item stops
     * @param observer told after each step, and asked which items are cancelled; {@link Observer#NONE} for neither
     * @return one outcome an item, and what happened on the way; its points are what the start is, rows or a tensor of the same manager
     * @throws IllegalArgumentException if the start is not a batch of the objective's dimension
     */
    Optimum minimize(Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer);

    /** Minimizes from a tensor, where it is. */
    default Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        Points points = Points.of(start);
        return minimize(objective, points, Execution.of(points), stopRule, observer);
    }

    /** Minimizes from a tensor, where it is, without an observer. */
    default Optimum minimize(Objective objective, NDArray start, StopRule stopRule) {
        return minimize(objective, start, stopRule, Observer.NONE);
    }

    /** Minimizes from rows of the JVM, without an observer. */
    default Optimum minimize(Objective objective, double[][] start, StopRule stopRule) {
        Points points = Points.of(start);
        return minimize(objective, points, Execution.of(points), stopRule, Observer.NONE);
    }
}
