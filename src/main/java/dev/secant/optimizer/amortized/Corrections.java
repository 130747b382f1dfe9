package dev.secant.optimizer.amortized;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.vectors.Block;
import java.util.Arrays;

/**
 * The last L corrections {@code s v v'} of every item, {@code s} being 1 or -1: rings by item, the vectors on the run's storage.
 *
 * <p>Which pairs correct is not decided here; the storage's algebra is {@link CorrectionsOnArrays} and {@link CorrectionsOnTensors}.
 */
abstract class Corrections implements AutoCloseable {

    private final int memory;
    private int[] next;

    /** By item and slot: the sign; 0 where there is no correction. */
    private double[][] signs;

    Corrections(int size, int memory) {
        this.memory = memory;
        this.next = new int[size];
        this.signs = new double[size][memory];
    }

    static Corrections of(BatchRun run, int memory) {
        return run.space().storage() == Storage.ARRAYS
                ? new CorrectionsOnArrays(run.size(), memory)
                : new CorrectionsOnTensors(run, memory);
    }

    /**
     * Stores {@code v = scale r} as the newest correction of items, in place of their oldest where L are stored.
     *
     * @param r {@code [A, n]}
     * @param scales 0 where an item gets none
     * @param added the sign of each
     * @return whether a correction had to go for it
     */
    final boolean store(Block r, double[] scales, double[] added) {
        int[] slots = new int[scales.length];
        boolean replaced = false;
        for (int row = 0; row < slots.length; row++) {
            slots[row] = next[row];
            if (scales[row] != 0) {
                replaced |= signs[row][slots[row]] != 0;
                signs[row][slots[row]] = added[row];
                next[row] = (slots[row] + 1) % memory;
            }
        }
        put(r, scales, slots);
        return replaced;
    }

    /** Puts {@code scale r} in a slot of each item whose scale is not 0. */
    abstract void put(Block r, double[] scales, int[] slots);

    /**
     * {@code base + sum s v v'y} of some of the running rows.
     *
     * @param base {@code [k, n]}
     * @param y {@code [k, n]}
     */
    abstract Block add(Block base, Block y, RowSelection rows);

    /** Forgets an item's corrections. */
    final void forget(int row) {
        Arrays.fill(signs[row], 0);
        next[row] = 0;
    }

    /** Only these rows still run. */
    void keep(RowSelection rows) {
        next = rows.of(next);
        signs = rows.of(signs);
    }

    final double[] signs(int row) {
        return signs[row];
    }

    final int size() {
        return next.length;
    }

    @Override
    public abstract void close();
}
