package dev.secant.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.BiFunction;

/**
 * Arithmetic of tensors with one number, element by element, safe to record for a backward pass.
 *
 * <p>The number becomes a tensor of the data type of {@code x} whose memory the engine owns. DJL's own {@code x.mul(2)} makes it
 * over a buffer of the JVM and closes it at once, while the recorded graph keeps it (see {@link Tensors}); so outside this package no
 * method of {@code NDArray} that multiplies, divides or bounds takes a Java number.
 */
public final class ScalarMath {

    private ScalarMath() {}

    /** {@code x * factor}. */
    public static NDArray mul(NDArray x, double factor) {
        return with(x, factor, NDArray::mul);
    }

    /** {@code x / divisor}. */
    public static NDArray div(NDArray x, double divisor) {
        return with(x, divisor, NDArray::div);
    }

    /** The larger of each element and a bound. */
    public static NDArray maximum(NDArray x, double bound) {
        return with(x, bound, NDArray::maximum);
    }

    /** The smaller of each element and a bound. */
    public static NDArray minimum(NDArray x, double bound) {
        return with(x, bound, NDArray::minimum);
    }

    /** Each element, or the bound that it lies beyond; beyond the bounds the gradient is zero. */
    public static NDArray clip(NDArray x, double lowest, double highest) {
        return minimum(maximum(x, lowest), highest);
    }

    /** Multiplies {@code x} itself; returns it. */
    public static NDArray mulInPlace(NDArray x, double factor) {
        return with(x, factor, NDArray::muli);
    }

    private static NDArray with(NDArray x, double number, BiFunction<NDArray, NDArray, NDArray> operation) {
        NDManager manager = x.getManager();
        try (NDArray scalar = JniUtils.full(
                (PtNDManager) manager, new Shape(), number, x.getDataType(), x.getDevice(), x.getSparseFormat())) {
            return operation.apply(x, scalar);
        }
    }
}
