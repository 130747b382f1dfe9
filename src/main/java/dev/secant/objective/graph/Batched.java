package dev.secant.objective.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

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

    /** Along an axis of the item, the shared parts repeated for every item if any part is per item. */
    static Batched joined(Batched[] inputs, NDArray[] parts, int axis) {
        long items = -1;
        for (int i = 0; i < inputs.length; i++) {
            items = inputs[i].perItem() ? parts[i].getShape().get(0) : items;
        }
        NDList list = new NDList(parts.length);
        for (int i = 0; i < inputs.length; i++) {
            list.add(
                    items >= 0 && !inputs[i].perItem()
                            ? parts[i].broadcast(new Shape(items).addAll(parts[i].getShape()))
                            : parts[i]);
        }
        int rank = list.get(0).getShape().dimension();
        // DJL copies a list of one, and its copies have no history.
        return new Batched(list.size() == 1 ? list.get(0) : NDArrays.concat(list, rank + axis), items >= 0);
    }
}
