package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.RowSelection;
import java.util.Arrays;

/**
 * Which slots of its memory each item uses, the newest first: rings of one slot more than there are pairs, so that the next pair always has
 * a free slot, and one that is not accepted costs none.
 */
public final class PairRings {

    private final int capacity;
    private int[] next;
    private int[] count;

    /** Of so many items, without pairs. */
    public PairRings(int size, int memory) {
        this.capacity = memory + 1;
        this.next = new int[size];
        this.count = new int[size];
    }

    /** How many slots an item has. */
    public int capacity() {
        return capacity;
    }

    /** How many items there are. */
    public int size() {
        return next.length;
    }

    /** How many pairs an item has. */
    public int count(int row) {
        return count[row];
    }

    /** The slot of a pair, by its age: the newest is 0. */
    public int slot(int row, int age) {
        int slot = next[row] - 1 - age;
        return slot < 0 ? slot + capacity : slot;
    }

    /** The slot that the next pair goes to; no pair that is in use is there. */
    public int free(int row) {
        return next[row];
    }

    /** The pair in the free slot is the newest; where the memory was full, the oldest is forgotten. */
    public void accept(int row) {
        next[row] = next[row] + 1 == capacity ? 0 : next[row] + 1;
        count[row] = Math.min(count[row] + 1, capacity - 1);
    }

    /** Forgets an item's pairs. */
    public void forget(int row) {
        count[row] = 0;
    }

    /** Only these rows still run. */
    public void keep(RowSelection rows) {
        next = Arrays.copyOf(rows.of(next), rows.size());
        count = Arrays.copyOf(rows.of(count), rows.size());
    }
}
