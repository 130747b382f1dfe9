package dev.secant.linalg;

import java.util.Optional;

/**
 * A matrix {@code H = diag(d) + R'R} with fewer rows in R than columns, solved with in the form of Woodbury (Golub and Van Loan, Matrix
 * Computations, 4th ed. 2013, section 2.1.4): {@code H^-1 = D (I - A' (I + A A')^-1 A) D} with {@code D = d^(-1/2)} and {@code A = R D}.
 *
 * <p>Only {@code I + A A'}, {@code [m, m]}, is factored; its eigenvalues are at least 1. In float32 throughout: half the memory of a step's
 * product, and the loops that vectorize do twice as many numbers at a time. Relative to the largest component a solution is good to about
 * 1e-6 times the root of the condition.
 */
public final class DiagonalPlusLowRank implements Factorization {

    private final float[] root;
    private final float[][] rows;

    /** The factor L of {@code I + A A' = L L'}, by rows {@code [i + 1]}, the diagonal's reciprocals in its place. */
    private final float[][] lower;

    private DiagonalPlusLowRank(float[] root, float[][] rows, float[][] lower) {
        this.root = root;
        this.rows = rows;
        this.lower = lower;
    }

    /**
     * Factors; nothing where a number is not finite or the diagonal is not positive.
     *
     * @param diagonal d, {@code [n]}
     * @param rows R, {@code [m][n]}; taken over and scaled
     */
    public static Optional<DiagonalPlusLowRank> of(float[] diagonal, float[][] rows) {
        float[] root = new float[diagonal.length];
        for (int i = 0; i < root.length; i++) {
            root[i] = (float) (1 / Math.sqrt(diagonal[i]));
            if (!(root[i] > 0) || Float.isInfinite(root[i])) {
                return Optional.empty();
            }
        }
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= root[i];
            }
        }
        float[][] gram = FloatRows.gram(rows);
        for (int i = 0; i < gram.length; i++) {
            gram[i][i] += 1;
        }
        return factor(gram) ? Optional.of(new DiagonalPlusLowRank(root, rows, gram)) : Optional.empty();
    }

    /** In place, two rows at a time, whose sums do not wait for each other; whether the matrix is positive definite. */
    private static boolean factor(float[][] matrix) {
        for (int i = 0; i < matrix.length; i += 2) {
            float[] first = matrix[i];
            float[] second = i + 1 < matrix.length ? matrix[i + 1] : first;
            int j = 0;
            for (; j + 1 < i; j += 2) {
                eliminate(first, second, matrix[j], matrix[j + 1], j);
            }
            if (!finish(first, i) || (second != first && !finish(second, matrix, i))) {
                return false;
            }
        }
        return true;
    }

    /** Columns j and j + 1 of two rows. */
    private static void eliminate(float[] first, float[] second, float[] left, float[] right, int j) {
        float s00 = first[j];
        float s01 = first[j + 1];
        float s10 = second[j];
        float s11 = second[j + 1];
        for (int k = 0; k < j; k++) {
            float a = first[k];
            float b = second[k];
            float l = left[k];
            float r = right[k];
            s00 -= a * l;
            s01 -= a * r;
            s10 -= b * l;
            s11 -= b * r;
        }
        s00 *= left[j];
        s10 *= left[j];
        first[j] = s00;
        first[j + 1] = (s01 - s00 * right[j]) * right[j + 1];
        if (second != first) {
            second[j] = s10;
            second[j + 1] = (s11 - s10 * right[j]) * right[j + 1];
        }
    }

    /** The diagonal of a row whose other numbers are done. */
    private static boolean finish(float[] row, int i) {
        double sum = row[i];
        for (int k = 0; k < i; k++) {
            sum -= (double) row[k] * row[k];
        }
        row[i] = (float) (1 / Math.sqrt(sum));
        return sum > 0 && sum < Float.MAX_VALUE;
    }

    /** Row i + 1 of a pair: its number below the first row's diagonal, then its own diagonal. */
    private static boolean finish(float[] second, float[][] matrix, int i) {
        float[] first = matrix[i];
        float sum = second[i];
        for (int k = 0; k < i; k++) {
            sum -= second[k] * first[k];
        }
        second[i] = sum * first[i];
        return finish(second, i + 1);
    }

    @Override
    public int size() {
        return root.length;
    }

    @Override
    public double[] solve(double[] right) {
        int n = root.length;
        float[] scaled = new float[n];
        for (int i = 0; i < n; i++) {
            scaled[i] = (float) right[i] * root[i];
        }
        float[] seen = new float[rows.length];
        FloatRows.products(rows, scaled, seen);
        substitute(seen);
        for (int i = 0; i < seen.length; i++) {
            seen[i] = -seen[i];
        }
        FloatRows.addMultiples(scaled, seen, rows);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = scaled[i] * root[i];
        }
        return x;
    }

    /** {@code y = (L L')^-1 y}. */
    private void substitute(float[] y) {
        int m = y.length;
        int i = 0;
        for (; i + 1 < m; i += 2) {
            float[] first = lower[i];
            float[] second = lower[i + 1];
            float sum0 = y[i];
            float sum1 = y[i + 1];
            float more0 = 0;
            float more1 = 0;
            for (int k = 0; k < i; k += 2) {
                sum0 -= first[k] * y[k];
                sum1 -= second[k] * y[k];
                more0 -= first[k + 1] * y[k + 1];
                more1 -= second[k + 1] * y[k + 1];
            }
            y[i] = (sum0 + more0) * first[i];
            y[i + 1] = (sum1 + more1 - second[i] * y[i]) * second[i + 1];
        }
        if (i < m) {
            float sum = y[i];
            for (int k = 0; k < i; k++) {
                sum -= lower[i][k] * y[k];
            }
            y[i] = sum * lower[i][i];
        }
        for (i = m - 1; i >= 0; i--) {
            float[] row = lower[i];
            float value = y[i] * row[i];
            y[i] = value;
            for (int k = 0; k < i; k++) {
                y[k] -= row[k] * value;
            }
        }
    }
}
