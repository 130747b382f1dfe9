package dev.secant.optimizer;

import java.util.Arrays;

/**
 * Some of the rows of a batch, in their order.
 *
 * @param indices the rows, ascending; not to be modified
 * @param total how many rows there are to choose from
 */
public record RowSelection(int[] indices, int total) {

    /** No row of none. */
    public static final RowSelection NONE = new RowSelection(new int[0], 0);

    /** All of so many rows. */
    public static RowSelection all(int total) {
        int[] indices = new int[total];
        for (int row = 0; row < total; row++) {
            indices[row] = row;
        }
        return new RowSelection(indices, total);
    }

    /** The rows whose flag is set. */
    public static RowSelection where(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        int[] indices = new int[count];
        int k = 0;
        for (int row = 0; row < flags.length; row++) {
            if (flags[row]) {
                indices[k++] = row;
            }
        }
        return new RowSelection(indices, flags.length);
    }

    /** How many rows are chosen. */
    public int size() {
        return indices.length;
    }

    /** Whether every row is chosen. */
    public boolean isAll() {
        return indices.length == total;
    }

    /** Whether no row is chosen. */
    public boolean isEmpty() {
        return indices.length == 0;
    }

    /** The rows that are not among these. */
    public RowSelection others() {
        boolean[] flags = new boolean[total];
        Arrays.fill(flags, true);
        for (int row : indices) {
            flags[row] = false;
        }
        return where(flags);
    }

    /**
     * Those of these rows whose flag is set.
     *
     * @param flags one for each of these rows; longer arrays are read as far as that
     * @param count how many are set
     */
    public RowSelection where(boolean[] flags, int count) {
        if (count == indices.length) {
            return this;
        }
        int[] chosen = new int[count];
        int next = 0;
        for (int k = 0; k < indices.length; k++) {
            if (flags[k]) {
                chosen[next++] = indices[k];
            }
        }
        return new RowSelection(chosen, total);
    }

    /** These rows' numbers; the array itself where they are all. */
    public double[] of(double[] values) {
        if (isAll()) {
            return values;
        }
        double[] kept = new double[indices.length];
        for (int k = 0; k < kept.length; k++) {
            kept[k] = values[indices[k]];
        }
        return kept;
    }

    /** These rows' numbers; the array itself where they are all. */
    public int[] of(int[] values) {
        if (isAll()) {
            return values;
        }
        int[] kept = new int[indices.length];
        for (int k = 0; k < kept.length; k++) {
            kept[k] = values[indices[k]];
        }
        return kept;
    }

    /** These rows' flags; the array itself where they are all. */
    public boolean[] of(boolean[] values) {
        if (isAll()) {
            return values;
        }
        boolean[] kept = new boolean[indices.length];
        for (int k = 0; k < kept.length; k++) {
            kept[k] = values[indices[k]];
        }
        return kept;
    }

    /** These rows' objects; the array itself where they are all. */
    public <T> T[] of(T[] values) {
        if (isAll()) {
            return values;
        }
        T[] kept = Arrays.copyOf(values, indices.length);
        for (int k = 0; k < indices.length; k++) {
            kept[k] = values[indices[k]];
        }
        return kept;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowSelection rows && total == rows.total && Arrays.equals(indices, rows.indices);
    }

    @Override
    public int hashCode() {
        return 31 * total + Arrays.hashCode(indices);
    }

    @Override
    public String toString() {
        return Arrays.toString(indices) + " of " + total;
    }
}
