package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;

/** The inner products of some vectors of every item, read back in one transfer. */
public final class Gram {

    private final int vectors;
    private final double[] products;

    private Gram(int vectors, double[] products) {
        this.vectors = vectors;
        this.products = products;
    }

    /** The products, summed in double precision, of vectors {@code [k, n]}. */
    public static Gram of(NDArray... vectors) {
        NDArray stacked = NDArrays.stack(new NDList(vectors), 1).toType(DataType.FLOAT64, false); // [k, v, n]
        NDArray products = stacked.batchMatMul(stacked.swapAxes(1, 2)); // [k, v, v]
        return new Gram(vectors.length, products.toDoubleArray());
    }

    /** The product of two vectors of an item, by their places among the vectors. */
    public double get(int row, int i, int j) {
        return products[(row * vectors + i) * vectors + j];
    }

    /** The products of two vectors, one an item. */
    public double[] column(int i, int j) {
        double[] column = new double[products.length / (vectors * vectors)];
        for (int row = 0; row < column.length; row++) {
            column[row] = get(row, i, j);
        }
        return column;
    }
}
