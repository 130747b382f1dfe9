package dev.secant.linalg;

import java.util.Arrays;

/**
 * A symmetric positive definite band matrix and its Cholesky factor (Golub and Van Loan, Matrix Computations, 4th ed. 2013, section
 * 4.3.5). Stored by columns of the lower half, so that the inner loops run along memory. For one thread.
 */
public final class BandedCholesky {

    private final int size;
    private final int band;
    private final int width;
    private final double[] columns;

    /**
     * A zero matrix.
     *
     * @param size n
     * @param band how far from the diagonal there are numbers: 0 is diagonal, 1 tridiagonal
     */
    public BandedCholesky(int size, int band) {
        this.size = size;
        this.band = band;
        this.width = band + 1;
        this.columns = new double[Math.multiplyExact(size, width)];
    }

    /** n. */
    public int size() {
        return size;
    }

    /** Zero again. */
    public void clear() {
        Arrays.fill(columns, 0);
    }

    /**
     * Adds to an element of the lower half and its mirror image.
     *
     * @param row at least {@code column}, at most {@code band} below it
     */
    public void add(int row, int column, double value) {
        columns[column * width + row - column] += value;
    }

    /**
     * Replaces the matrix by its factor.
     *
     * @return false if it is not positive definite; the matrix is lost then
     */
    public boolean factor() {
        for (int k = 0; k < size; k++) {
            int from = k * width;
            double pivot = columns[from];
            if (!(pivot > 0)) {
                return false;
            }
            double root = Math.sqrt(pivot);
            int reach = Math.min(band, size - 1 - k);
            columns[from] = root;
            double inverse = 1 / root;
            for (int i = 1; i <= reach; i++) {
                columns[from + i] *= inverse;
            }
            for (int j = 1; j <= reach; j++) {
                double factor = columns[from + j];
                if (factor != 0) {
                    int to = (k + j) * width;
                    for (int i = j; i <= reach; i++) {
                        columns[to + i - j] -= factor * columns[from + i];
                    }
                }
            }
        }
        return true;
    }

    /**
     * Solves with the factor, in place.
     *
     * @param right right sides side by side, {@code [n, count]}; receives the solutions
     * @param count of right sides
     */
    public void solve(double[] right, int count) {
        for (int k = 0; k < size; k++) {
            int from = k * width;
            int reach = Math.min(band, size - 1 - k);
            scale(right, k * count, count, 1 / columns[from]);
            for (int i = 1; i <= reach; i++) {
                subtract(right, (k + i) * count, k * count, count, columns[from + i]);
            }
        }
        for (int k = size - 1; k >= 0; k--) {
            int from = k * width;
            int reach = Math.min(band, size - 1 - k);
            for (int i = 1; i <= reach; i++) {
                subtract(right, k * count, (k + i) * count, count, columns[from + i]);
            }
            scale(right, k * count, count, 1 / columns[from]);
        }
    }

    private static void scale(double[] values, int at, int count, double factor) {
        for (int c = 0; c < count; c++) {
            values[at + c] *= factor;
        }
    }

    private static void subtract(double[] values, int to, int from, int count, double factor) {
        if (factor != 0) {
            for (int c = 0; c < count; c++) {
                values[to + c] -= factor * values[from + c];
            }
        }
    }
}
