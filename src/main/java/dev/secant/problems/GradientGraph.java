package dev.secant.problems;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Objective;

/** An objective whose gradient is itself a differentiable function of tensors, for exact meta-gradients. */
public interface GradientGraph extends Objective {

    /**
     * The gradient with its graph back to x.
     *
     * @param x {@code [B, n]}
     * @return {@code [B, n]}, what {@link #evaluate} gives
     */
    NDArray gradientGraph(NDArray x);
}
