package dev.secant.objective.graph;

import ai.djl.ndarray.NDArray;

/**
 * An intermediate result: with a leading axis over the items of the batch, or shared by all of them.
 *
 * @param array {@code [B, ...]} or {@code [...]}
 * @param perItem whether the leading axis is there
 */
public record Batched(NDArray array, boolean perItem) {

    /** How many axes precede those of the item. */
    int offset() {
        return perItem ? 1 : 0;
    }

    int itemRank() {
        return array.getShape().dimension() - offset();
    }

    /** With trailing axes of length 1, so that a scalar of an item broadcasts against that item's vector or matrix. */
    NDArray alignedTo(int rank) {
        NDArray aligned = array;
        if (perItem) {
            for (int i = itemRank(); i < rank; i++) {
                aligned = aligned.expandDims(-1);
            }
        }
        return aligned;
    }
}
