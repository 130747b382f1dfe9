package dev.secant.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * A float32 tensor on the heap, row major.
 *
 * @param shape its sizes; empty for a scalar
 * @param values as many numbers as the product of the sizes
 */
public record FloatTensor(long[] shape, float[] values) {

    public FloatTensor {
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException("The shape %s has %d elements, but %d values were given."
                    .formatted(Arrays.toString(shape), size, values.length));
        }
    }

    /** A copy of a device's array, converted to float32. */
    public static FloatTensor of(NDArray array) {
        try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
            return new FloatTensor(array.getShape().getShape(), floats.toFloatArray());
        }
    }

    /** A copy on the device of a manager, in the engine's own memory. */
    public NDArray on(NDManager manager) {
        return Tensors.of(manager, values, new Shape(shape));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor tensor
                && Arrays.equals(shape, tensor.shape)
                && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FloatTensor" + Arrays.toString(shape);
    }
}
