package dev.secant.linalg;

import java.util.Arrays;

/**
 * A symmetric positive definite band matrix and its Cholesky factor (Golub and Van Loan, Matrix Computations, 4th ed. 2013, section
 * 4.3.5). Stored by columns of the lower half, so that the inner loops run along memory. For one thread.
 */
public final class BandedCholesky {

    private static final int BLOCK = 4;

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
     * Replaces the matrix by its factor. Columns are finished four at a time, and what four of them take from a later one is taken in one
     * pass over it.
     *
     * @return false if it is not positive definite; the matrix is lost then
     */
    public boolean factor() {
        for (int block = 0; block < size; block += BLOCK) {
            int end = Math.min(size, block + BLOCK);
            for (int k = block; k < end; k++) {
                for (int p = block; p < k; p++) {
                    take(p, k, 0);
                }
                if (!scale(k)) {
                    return false;
                }
            }
            for (int k = end; k < Math.min(size, end + band); k++) {
                int common = end - block == BLOCK ? Math.min(size - 1, block + band) - k + 1 : 0;
                if (common > 0) {
                    takeFour(block, k, common);
                }
                for (int p = block; p < end; p++) {
                    take(p, k, Math.max(common, 0));
                }
            }
        }
        return true;
    }

    private boolean scale(int k) {
        int from = k * width;
        double pivot = columns[from];
        if (!(pivot > 0)) {
            return false;
        }
        double root = Math.sqrt(pivot);
        double inverse = 1 / root;
        columns[from] = root;
        for (int i = 1; i <= Math.min(band, size - 1 - k); i++) {
            columns[from + i] *= inverse;
        }
        return true;
    }

    /** Takes from column {@code k}, from its element {@code first} on, what the finished column {@code p} before it takes. */
    private void take(int p, int k, int first) {
        int apart = k - p;
        if (apart > band) {
            return;
        }
        int from = p * width + apart;
        int to = k * width;
        double factor = columns[from];
        int count = Math.min(band, size - 1 - p) - apart + 1;
        if (factor != 0) {
            for (int i = first; i < count; i++) {
                columns[to + i] -= factor * columns[from + i];
            }
        }
    }

    /** The same for the first elements of column {@code k} and four columns from {@code p} on. */
    private void takeFour(int p, int k, int count) {
        int to = k * width;
        int a = p * width + k - p;
        int b = a + width - 1;
        int c = b + width - 1;
        int d = c + width - 1;
        double fa = columns[a];
        double fb = columns[b];
        double fc = columns[c];
        double fd = columns[d];
        if (fa != 0 || fb != 0 || fc != 0 || fd != 0) {
            for (int i = 0; i < count; i++) {
                columns[to + i] -=
                        fa * columns[a + i] + fb * columns[b + i] + fc * columns[c + i] + fd * columns[d + i];
            }
        }
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
