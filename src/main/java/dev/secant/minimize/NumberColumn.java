package dev.secant.minimize;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as a list that JSON can hold, null where one is not finite, kept as a {@code double[]}: a fifth of the memory of boxed
 * numbers. Immutable.
 */
final class NumberColumn extends AbstractList<@Nullable Double> implements RandomAccess {

    private final double[] numbers;

    /** @param numbers kept as they are, not copied */
    NumberColumn(double[] numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Double get(int index) {
        return Json.number(numbers[index]);
    }

    @Override
    public int size() {
        return numbers.length;
    }

    /** Whole numbers as a list, kept as an {@code int[]}. */
    static final class Counts extends AbstractList<Integer> implements RandomAccess {

        private final int[] counts;

        /** @param counts kept as they are, not copied */
        Counts(int[] counts) {
            this.counts = counts;
        }

        @Override
        public Integer get(int index) {
            return counts[index];
        }

        @Override
        public int size() {
            return counts.length;
        }

        @Override
        public String toString() {
            return Arrays.toString(counts);
        }
    }
}
