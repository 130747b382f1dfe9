package dev.secant.problems;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.random.RandomGenerator;

/** Random problems of one kind whose minima are known, for meta-training and for measuring optimizers. */
public interface ProblemFamily {

    /** Lower case, as on the command line: {@code quadratic}. */
    String name();

    /**
     * Draws problems with their starts; the same random numbers give the same problems.
     *
     * @param items B
     * @param dimension n
     * @param type of the starts and of everything computed from them
     * @param manager makes the starts
     */
    ProblemSet draw(int items, int dimension, DataType type, RandomGenerator random, NDManager manager);

    /** The same kind of problems, without those that are no fair test; training draws from all. */
    default ProblemFamily forTesting() {
        return this;
    }
}
