package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;

/**
 * Vectors on the engine's device.
 *
 * @param array {@code [k, n]}
 */
public record TensorBlock(NDArray array) implements Block {

    /** The array of a block that is known to be on tensors. */
    public static NDArray array(Block block) {
        return ((TensorBlock) block).array;
    }
}
