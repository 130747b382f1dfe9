package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.secant.optimizer.RowSelection;
import java.util.stream.IntStream;

/** The points of the items that have stopped. */
public final class StoppedTensors implements AutoCloseable {

    private final OwnedArray points = new OwnedArray();
    private int[] items = {};

    /** Adds items with their points, {@code [k, n]}. */
    public void add(int[] added, NDArray addedPoints) {
        NDArray all = joined(addedPoints);
        // A copy, so that no array is held twice.
        points.set(all == addedPoints ? all.duplicate() : all);
        items = concat(items, added);
    }

    /** The points of all items by their place in the batch; every item must have stopped. */
    public NDArray inOrder() {
        return ordered(items, points.get());
    }

    /** The points of all items by their place in the batch, those that still run included. */
    NDArray inOrderWith(int[] running, NDArray runningPoints) {
        return ordered(concat(items, running), joined(runningPoints));
    }

    @Override
    public void close() {
        points.close();
    }

    private NDArray joined(NDArray more) {
        return points.isEmpty() ? more : NDArrays.concat(new NDList(points.get(), more), 0);
    }

    private static NDArray ordered(int[] order, NDArray rows) {
        int[] places = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        boolean sorted = IntStream.range(0, places.length).allMatch(i -> places[i] == i);
        return sorted ? rows : RowSelection.gather(rows, places);
    }

    private static int[] concat(int[] first, int[] second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
    }
}
