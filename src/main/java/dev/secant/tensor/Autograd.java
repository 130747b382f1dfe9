package dev.secant.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Automatic differentiation, by the calling thread.
 *
 * <p>DJL's own {@code GradientCollector} allows one collector in a process and zeroes every gradient it finds, so this
 * class talks to the engine directly: threads differentiate side by side, and only what they ask for.
 */
public final class Autograd {

    private Autograd() {}

    /** Runs with graph recording on (or off) and restores what was set before. */
    public static <T> T withGraph(boolean recording, Supplier<T> body) {
        TensorRuntime.get();
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(recording);
        try {
            return body.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /** Makes an array a leaf that gradients are collected for; returns it. */
    public static NDArray requireGradient(NDArray leaf) {
        JniUtils.attachGradient(pt(leaf), true);
        return leaf;
    }

    /** The same values without their history; a new handle on the same memory. */
    public static NDArray detach(NDArray array) {
        return JniUtils.detachGradient(pt(array));
    }

    /** Adds the gradient of a scalar to every leaf in its history; its graph is freed. */
    public static void backward(NDArray scalar) {
        try (NDArray seed = scalar.onesLike()) {
            JniUtils.backward(pt(scalar), pt(seed), false, false);
        }
    }

    /**
     * Adds the gradient of {@code sum(output * weight)} to every leaf in its history.
     *
     * @param keepGraph whether the graph may be walked again
     */
    public static void backward(NDArray output, NDArray weight, boolean keepGraph) {
        JniUtils.backward(pt(output), pt(weight), keepGraph, false);
    }

    /**
     * The gradient collected by a leaf so far, a new handle on the engine's memory; zeros where it was in no history.
     */
    public static NDArray gradient(NDArray leaf) {
        PtNDArray gradient = JniUtils.getGradient(pt(leaf));
        return gradient == null ? detach(leaf).zerosLike() : gradient;
    }

    /** Zeroes the gradients of leaves, for the next round. */
    public static void zeroGradients(List<NDArray> leaves) {
        for (NDArray leaf : leaves) {
            JniUtils.zeroGrad(pt(leaf));
        }
    }

    /**
     * Values and gradients of a function that treats the rows of its argument as separate problems.
     *
     * @param function maps {@code [B, n]} to {@code [B]}; row b of the result depends on row b of the argument only
     * @param x the points, {@code [B, n]}
     * @return values {@code [B]} and gradient {@code [B, n]}, both without history, made by the manager of {@code x}
     * @throws EngineException if the result has no history: a function whose gradient is zero by its form is the caller's to know
     * @throws IllegalStateException if its history does not lead to x
     */
    public static ValueAndGradient valueAndGradient(UnaryOperator<NDArray> function, NDArray x) {
        return withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray leaf = requireGradient(detach(x).duplicate());
                NDArray values = function.apply(leaf);
                JniUtils.backward(pt(values), pt(values.onesLike()), false, false);
                NDArray gradient = collected(leaf).duplicate();
                return new ValueAndGradient(scope.keep(detach(values)), scope.keep(detach(gradient)));
            }
        });
    }

    /**
     * Values and Jacobians of a vector function of rows, by one backward pass for each of its m components.
     *
     * @param function maps {@code [B, n]} to {@code [B, m]}, row by row
     * @param x the points, {@code [B, n]}
     * @return the values {@code [B, m]} and the Jacobians {@code [B, m, n]}, without history
     */
    public static ValueAndGradient valueAndJacobian(UnaryOperator<NDArray> function, NDArray x) {
        return withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray leaf = requireGradient(detach(x).duplicate());
                NDArray values = function.apply(leaf);
                long components = values.getShape().get(1);
                NDArray unit = x.getManager().eye((int) components).toType(values.getDataType(), false);
                NDList rows = new NDList();
                for (long k = 0; k < components; k++) {
                    NDArray weight = unit.get(k).broadcast(values.getShape());
                    JniUtils.backward(pt(values), pt(weight), true, false);
                    rows.add(collected(leaf).duplicate());
                    JniUtils.zeroGrad(pt(leaf));
                }
                NDArray jacobian = NDArrays.stack(rows, 1); // [B, m, n]
                return new ValueAndGradient(scope.keep(detach(values)), scope.keep(detach(jacobian)));
            }
        });
    }

    /** The gradient of a leaf that the graph just walked must have led to. */
    private static NDArray collected(NDArray leaf) {
        PtNDArray gradient = JniUtils.getGradient(pt(leaf));
        if (gradient == null) {
            throw new IllegalStateException("The function's history does not lead to its argument.");
        }
        return gradient;
    }

    private static PtNDArray pt(NDArray array) {
        return (PtNDArray) array;
    }
}
