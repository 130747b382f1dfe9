package dev.secant.optimizer.vectors;

/**
 * The inner products of some vectors of each row with each other, summed in double precision.
 *
 * <p>On tensors, all products that were asked for since the last look are read back together, in one transfer, when the first of them is
 * looked at: ask for everything that a round needs before looking at anything.
 *
 * @param numbers the products, row by row of each row's square matrix
 * @param vectors how many vectors there are
 */
public record Products(Scalars numbers, int vectors) {

    /** The product of two vectors of a row, by their places among the vectors. */
    public double get(int row, int i, int j) {
        return numbers.get(row, i * vectors + j);
    }
}
