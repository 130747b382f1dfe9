package dev.secant.optimizer.batch;

/**
 * The inner products of some vectors of each row with each other, summed in double precision.
 *
 * <p>On tensors, all products that were asked for since the last look are read back together, in one transfer, when the first of them is
 * looked at: ask for everything that a round needs before looking at anything.
 */
@FunctionalInterface
public interface Products {

    /** The product of two vectors of a row, by their places among the vectors. */
    double get(int row, int i, int j);
}
