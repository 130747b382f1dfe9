package dev.secant.linalg;

import java.util.Optional;

/**
 * The Cholesky factor of a symmetric positive definite matrix (Golub and Van Loan, Matrix Computations, 4th ed. 2013,
 * section 4.2).
 */
public final class Cholesky implements Factorization {

    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /** Factors {@code matrix - shift I}; nothing where that is not positive definite. */
    public static Optional<Cholesky> of(double[][] matrix, double shift) {
        int n = matrix.length;
        double[][] lower = new double[n][];
        for (int i = 0; i < n; i++) {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j] - (i == j ? shift : 0);
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (j < i) {
                    lower[i][j] = sum / lower[j][j];
                } else if (sum > 0) {
                    lower[i][i] = Math.sqrt(sum);
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Cholesky(lower));
    }

    @Override
    public int size() {
        return lower.length;
    }

    @Override
    public double[] solve(double[] right) {
        int n = lower.length;
        double[] x = right.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        // By rows of the factor, which lie together in memory.
        for (int i = n - 1; i >= 0; i--) {
            double[] row = lower[i];
            x[i] /= row[i];
            for (int k = 0; k < i; k++) {
                x[k] -= row[k] * x[i];
            }
        }
        return x;
    }
}
