package dev.secant.optimizer.batch;

/** Some numbers of each row; on tensors they are read back when the first is looked at, see {@link Scalars}. */
public interface RowNumbers {

    /** How many numbers a row has. */
    int width();

    /** A number of a row. */
    double get(int row, int column);
}
