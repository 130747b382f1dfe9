package dev.secant.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Makes tensors from Java numbers; the engine owns their memory.
 *
 * <p>DJL's own {@code NDManager.create} gives the engine the address of a direct buffer of the JVM. The buffer is freed by a garbage
 * collection once the {@code NDArray} is closed, although views of the array, and the graph recorded for a backward pass, still
 * read it. So outside this package nobody calls {@code NDManager.create} with numbers; {@code OwnedMemoryTest} holds that. The price is one
 * copy on the CPU; on an accelerator the transfer is the copy.
 */
public final class Tensors {

    private Tensors() {}

    /** A float64 vector. */
    public static NDArray of(NDManager manager, double[] values) {
        return of(manager, values, new Shape(values.length));
    }

    /** A float64 tensor. */
    public static NDArray of(NDManager manager, double[] values, Shape shape) {
        return owned(manager.create(values, shape));
    }

    /** A float32 tensor. */
    public static NDArray of(NDManager manager, float[] values, Shape shape) {
        return owned(manager.create(values, shape));
    }

    /** A tensor of conditions. */
    public static NDArray of(NDManager manager, boolean[] values, Shape shape) {
        return owned(manager.create(values, shape));
    }

    /** An int64 vector, for gathering. */
    public static NDArray of(NDManager manager, long[] values) {
        return owned(manager.create(values, new Shape(values.length)));
    }

    /** A float64 matrix of rows of equal length. */
    public static NDArray of(NDManager manager, double[][] rows) {
        return owned(manager.create(rows));
    }

    /** A tensor of a data type, float32 or float64; to float32 the numbers are rounded before the transfer. */
    public static NDArray of(NDManager manager, DataType type, double[] values, Shape shape) {
        if (type == DataType.FLOAT64) {
            return of(manager, values, shape);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return of(manager, floats, shape);
    }

    /** The transpose of a matrix, laid out by rows; DJL's own {@code transpose} is a view of columns. */
    public static NDArray transposed(NDArray matrix) {
        Shape shape = matrix.getShape();
        // Flat, since the engine copies a view that it cannot flatten.
        return matrix.transpose().reshape(shape.size()).reshape(shape.get(1), shape.get(0));
    }

    /** Accelerators copied the numbers already; on the CPU the array borrows the JVM's buffer until it is cloned. */
    private static NDArray owned(NDArray array) {
        if (array.getDevice().isGpu()) {
            return array;
        }
        try (array) {
            return array.duplicate();
        }
    }
}
