package dev.secant.optimizer;

import java.util.Arrays;

/**
 * One number per step of a run of unknown length, within a bound on memory.
 *
 * <p>All numbers are kept until there are {@code limit} of them; then every second one is dropped and from there on only every second
 * step is recorded, and so on. Columns that are added to together therefore hold the same steps. The first and the last number
 * are always there. Takes at most {@code 8 limit} bytes, adding is amortized O(1). One thread uses it.
 */
public final class ThinnedColumn {

    /** Fewer than this would not show a curve's shape. */
    public static final int LEAST_LIMIT = 4;

    private static final int FIRST_CAPACITY = 16;

    private final int limit;
    private double[] numbers;
    private int size;
    private int count;
    private int every = 1;
    private double last = Double.NaN;

    /**
     * Starts empty.
     *
     * @param limit how many numbers are kept at most, besides the last; at least {@value #LEAST_LIMIT}
     * @throws IllegalArgumentException if the limit is too small
     */
    public ThinnedColumn(int limit) {
        if (limit < LEAST_LIMIT) {
            throw new IllegalArgumentException(
                    "The limit (%d) of a column must be at least %d.".formatted(limit, LEAST_LIMIT));
        }
        // Even, so that the step that overflows is one of those kept.
        this.limit = limit - limit % 2;
        this.numbers = new double[Math.min(FIRST_CAPACITY, this.limit)];
    }

    /** Adds the number of the next step. */
    public void add(double number) {
        int step = count++;
        last = number;
        if (step % every != 0) {
            return;
        }
        if (size == limit) {
            size /= 2;
            for (int k = 0; k < size; k++) {
                numbers[k] = numbers[2 * k];
            }
            every *= 2;
            if (step % every != 0) {
                return;
            }
        }
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, (int) Math.min(limit, 2L * size));
        }
        numbers[size++] = number;
    }

    /** How many numbers were added. */
    public int count() {
        return count;
    }

    /** Each how many steps a number is kept, a power of two. */
    public int every() {
        return every;
    }

    /** Hands over the numbers kept, the last one added among them, and forgets them; to be asked once, at the end of a run. */
    public double[] take() {
        double[] all = size == numbers.length && !endsBetween() ? numbers : Arrays.copyOf(numbers, steps().length);
        if (endsBetween()) {
            all[size] = last;
        }
        numbers = new double[0];
        return all;
    }

    /** The steps, counted from 0, of {@link #take}. */
    public int[] steps() {
        int[] steps = new int[endsBetween() ? size + 1 : size];
        Arrays.setAll(steps, k -> k < size ? k * every : count - 1);
        return steps;
    }

    private boolean endsBetween() {
        return count > 0 && (count - 1) % every != 0;
    }
}
