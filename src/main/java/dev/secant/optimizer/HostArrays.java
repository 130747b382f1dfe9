package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.Tensors;

/** The way from numbers of the JVM to arrays of the engine and back. */
public final class HostArrays {

    private HostArrays() {}

    /** An array of a data type, float32 or float64. */
    public static NDArray create(NDManager manager, DataType type, double[] values, long... shape) {
        return Tensors.of(manager, type, values, new Shape(shape));
    }

    /** The numbers of an array; float32 is widened here, without another array of the engine. */
    public static double[] doubles(NDArray array) {
        if (array.getDataType() == DataType.FLOAT64) {
            return array.toDoubleArray();
        }
        if (array.getDataType() == DataType.FLOAT32) {
            float[] floats = array.toFloatArray();
            double[] doubles = new double[floats.length];
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] = floats[i];
            }
            return doubles;
        }
        try (NDArray doubles = array.toType(DataType.FLOAT64, true)) {
            return doubles.toDoubleArray();
        }
    }

    /** Rows one after the other. */
    public static double[] flat(double[][] rows, int n) {
        double[] flat = new double[rows.length * n];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * n, n);
        }
        return flat;
    }
}
