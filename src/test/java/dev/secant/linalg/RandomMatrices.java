package dev.secant.linalg;

import java.util.Random;

/** Matrices to try linear algebra on. */
final class RandomMatrices {

    private RandomMatrices() {}

    /** Symmetric, entries standard normal. */
    static double[][] symmetric(int n, long seed) {
        Random random = new Random(seed);
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = random.nextGaussian();
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    /** {@code A A' / n + I / 10}, A standard normal. */
    static double[][] positiveDefinite(int n, long seed) {
        double[][] factor = symmetric(n, seed);
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = 0.1;
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    matrix[i][j] += factor[i][k] * factor[j][k] / n;
                }
            }
        }
        return matrix;
    }

    static double[] vector(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }
}
