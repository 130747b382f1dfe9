package dev.secant.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
     */
    public static ValueAndGradient valueAndGradient(UnaryOperator<NDArray> function, NDArray x) {
        return withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray leaf = requireGradient(detach(x).duplicate());
                NDArray values = function.apply(leaf);
                boolean recorded = backwardIfRecorded(values, values.onesLike(), false, false);
                NDArray gradient = recorded ? gradient(leaf).duplicate() : leaf.zerosLike();
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
                    boolean recorded = backwardIfRecorded(values, weight, true, false);
                    rows.add(
                            recorded ? gradient(leaf).duplicate() : detach(leaf).zerosLike());
                    JniUtils.zeroGrad(pt(leaf));
                }
                NDArray jacobian = NDArrays.stack(rows, 1); // [B, m, n]
                return new ValueAndGradient(scope.keep(detach(values)), scope.keep(detach(jacobian)));
            }
        });
    }

    /**
     * Products of the Hessians of a separable function with directions, by differentiating {@code gradient . v}.
     *
     * <p>Each call leaks native memory (about five arrays of the size of {@code x}): the engine offers no way to drop a
     * gradient that has a history, and such a gradient and its leaf hold each other. So it is for a few products of
     * functions that are known by their tensors only; loops use differences of gradients, and formulas write their derivative
     * along the direction as a graph of its own, whose gradient is an ordinary one.
     *
     * @param function maps {@code [B, n]} to {@code [B]}, row by row
     * @param x the points, {@code [B, n]}
     * @param direction the directions, {@code [B, n]}
     * @return {@code H_b v_b} in row b, {@code [B, n]}, without history
     */
    public static NDArray hessianVectorProduct(UnaryOperator<NDArray> function, NDArray x, NDArray direction) {
        return withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDManager manager = x.getManager();
                NDArray leaf = requireGradient(detach(x).duplicate());
                NDArray values = function.apply(leaf);
                if (!backwardIfRecorded(values, values.onesLike(), true, true)) {
                    return scope.keep(manager.zeros(x.getShape(), x.getDataType()));
                }
                // Multiplied out, not copied: DJL's duplicate() has no history.
                NDArray slope = gradient(leaf).mul(direction).sum();
                JniUtils.zeroGrad(pt(leaf));
                if (!backwardIfRecorded(slope, slope.onesLike(), false, false)) {
                    // The function is linear.
                    return scope.keep(manager.zeros(x.getShape(), x.getDataType()));
                }
                NDArray product = gradient(leaf).duplicate();
                return scope.keep(detach(product));
            }
        });
    }

    /**
     * Walks the graph of an output, if it has one: a constant has none. The engine's own question whether an array
     * requires gradients answers for leaves only.
     */
    private static boolean backwardIfRecorded(NDArray output, NDArray weight, boolean keepGraph, boolean createGraph) {
        try {
            JniUtils.backward(pt(output), pt(weight), keepGraph, createGraph);
            return true;
        } catch (EngineException e) {
            if (String.valueOf(e.getMessage()).contains("does not require grad")) {
                return false;
            }
            throw e;
        }
    }

    private static PtNDArray pt(NDArray array) {
        return (PtNDArray) array;
    }
}
