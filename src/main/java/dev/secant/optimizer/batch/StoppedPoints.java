package dev.secant.optimizer.batch;

import java.util.Arrays;

/** The points of the items that have stopped. */
public final class StoppedPoints implements AutoCloseable {

    private final VectorSpace space;
    private final Held points;
    private int[] items = {};

    /** None yet. */
    public StoppedPoints(VectorSpace space) {
        this.space = space;
        this.points = space.hold();
    }

    /** Adds items with their points, {@code [k, n]}. */
    public void add(int[] added, Block addedPoints) {
        points.set(points.isEmpty() ? space.copy(addedPoints) : joined(addedPoints));
        items = concat(items, added);
    }

    /** The points of all items by their place in the batch; every item must have stopped. */
    public Block inOrder() {
        return ordered(items, points.get());
    }

    /** The points of all items by their place in the batch, those that still run included. */
    Block inOrderWith(int[] running, Block runningPoints) {
        return points.isEmpty()
                ? ordered(running, runningPoints)
                : ordered(concat(items, running), joined(runningPoints));
    }

    @Override
    public void close() {
        points.close();
    }

    private Block joined(Block more) {
        return space.concat(points.get(), more);
    }

    private Block ordered(int[] order, Block rows) {
        int[] places = new int[order.length];
        boolean sorted = true;
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
            sorted &= order[place] == place;
        }
        return sorted ? rows : space.choose(new Block[] {rows}, places);
    }

    private static int[] concat(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
