package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Some of the rows of a batch, in their order.
 *
 * @param indices the rows, ascending
 * @param total how many rows there are to choose from
 */
public record RowSelection(int[] indices, int total) {

    public static RowSelection all(int total) {
        return new RowSelection(IntStream.range(0, total).toArray(), total);
    }

    public static RowSelection where(int total, IntPredicate chosen) {
        return new RowSelection(IntStream.range(0, total).filter(chosen).toArray(), total);
    }

    public int size() {
        return indices.length;
    }

    public boolean isAll() {
        return indices.length == total;
    }

    public boolean isEmpty() {
        return indices.length == 0;
    }

    /** The rows that are not among these. */
    public RowSelection others() {
        boolean[] flags = flags();
        return where(total, row -> !flags[row]);
    }

    /** For each row whether it is one of these. */
    public boolean[] flags() {
        boolean[] flags = new boolean[total];
        for (int row : indices) {
            flags[row] = true;
        }
        return flags;
    }

    /** These rows of an array {@code [total, ...]}; the array itself where they are all its rows. */
    public NDArray of(NDArray array) {
        return isAll() ? array : gather(array, indices);
    }

    public double[] of(double[] values) {
        return isAll()
                ? values
                : Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
    }

    public int[] of(int[] values) {
        return isAll() ? values : Arrays.stream(indices).map(i -> values[i]).toArray();
    }

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

    /** Those of these rows whose position among them is chosen. */
    public RowSelection filter(IntPredicate chosenPosition) {
        return new RowSelection(
                IntStream.range(0, size())
                        .filter(chosenPosition)
                        .map(k -> indices[k])
                        .toArray(),
                total);
    }

    /** Any rows of an array, in any order. */
    public static NDArray gather(NDArray array, int[] rows) {
        long[] positions = Arrays.stream(rows).asLongStream().toArray();
        return array.get(new NDIndex("{}", Tensors.of(array.getManager(), positions)));
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
