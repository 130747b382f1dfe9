package dev.secant.objective.catalogue;

import java.util.Arrays;
import java.util.Random;

/**
 * Quadratics {@code 0.5 x'Hx + b'x} whose eigenvectors are uniformly distributed and drawn by seed: n random Householder
 * reflections (G. W. Stewart, SIAM J. Numer. Anal. 17, 1980) of a diagonal from 1 to the condition number.
 */
public final class RandomQuadratic {

    private RandomQuadratic() {}

    /**
     * The matrix H, {@code [n, n]}.
     *
     * @param n variables
     * @param seed the same seed gives the same matrix
     * @param condition the largest eigenvalue over the smallest, which is 1; equally spaced in the logarithm
     */
    public static double[][] matrix(int n, long seed, double condition) {
        Random random = new Random(seed);
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = Math.pow(condition, n == 1 ? 0 : i / (n - 1.0));
        }
        for (int reflection = 0; reflection < n; reflection++) {
            double[] v = new double[n];
            for (int i = reflection; i < n; i++) {
                v[i] = random.nextGaussian();
            }
            reflect(matrix, v);
        }
        return matrix;
    }

    /** The vector b, of unit length. */
    public static double[] vector(int n, long seed) {
        Random random = new Random(seed ^ 0x5DEECE66DL);
        double[] b = new double[n];
        Arrays.setAll(b, i -> random.nextGaussian());
        double norm = Math.sqrt(dot(b, b));
        Arrays.setAll(b, i -> b[i] / norm);
        return b;
    }

    /** {@code P M P} with {@code P = I - 2 v v' / v'v}. */
    private static void reflect(double[][] matrix, double[] v) {
        int n = v.length;
        double factor = 2 / dot(v, v);
        double[] product = new double[n];
        Arrays.setAll(product, i -> factor * dot(matrix[i], v));
        double curvature = factor * dot(product, v) / 2;
        double[] w = new double[n];
        Arrays.setAll(w, i -> product[i] - curvature * v[i]);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] -= v[i] * w[j] + w[i] * v[j];
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
