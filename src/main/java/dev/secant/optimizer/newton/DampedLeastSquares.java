package dev.secant.optimizer.newton;

import java.util.Arrays;

/**
 * One item's linear problems {@code min ||J p + r||^2 + damping ||D p||^2}, on the JVM in double precision.
 *
 * <p>By orthogonal transformations, never through {@code J'J}, so no digits are lost to its squared condition: J is reduced
 * once by Householder reflections, and each damping then costs the reduction of a {@code 2n x n} matrix (Moré, The
 * Levenberg-Marquardt algorithm, 1978, section 3).
 */
final class DampedLeastSquares {

    private final int n;

    /** R above, Q'r in column n; rows beyond n are dropped, their part of r is constant. */
    private final double[][] reduced;

    private final double[] scale;

    /**
     * Reduces the problem.
     *
     * @param jacobian m rows of n, row after row
     * @param residuals m
     * @param scale D's diagonal
     */
    DampedLeastSquares(double[] jacobian, double[] residuals, double[] scale) {
        this.n = scale.length;
        this.scale = scale;
        double[][] rows = new double[residuals.length][n + 1];
        for (int i = 0; i < residuals.length; i++) {
            System.arraycopy(jacobian, i * n, rows[i], 0, n);
            rows[i][n] = residuals[i];
        }
        reduce(rows, n);
        this.reduced = Arrays.copyOf(rows, Math.min(n, rows.length));
    }

    /** The norms of the Jacobian's columns. */
    static double[] columnNorms(double[] jacobian, int n) {
        double[] norms = new double[n];
        for (int k = 0; k < jacobian.length; k++) {
            norms[k % n] = Math.hypot(norms[k % n], jacobian[k]);
        }
        return norms;
    }

    /** The step p of a damping. */
    double[] step(double damping) {
        double[][] rows = new double[reduced.length + n][n + 1];
        for (int i = 0; i < reduced.length; i++) {
            System.arraycopy(reduced[i], 0, rows[i], 0, n + 1);
        }
        double root = Math.sqrt(damping);
        for (int j = 0; j < n; j++) {
            rows[reduced.length + j][j] = root * scale[j];
        }
        reduce(rows, n);
        double[] p = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = -rows[i][n];
            for (int j = i + 1; j < n; j++) {
                sum -= rows[i][j] * p[j];
            }
            p[i] = rows[i][i] == 0 ? 0 : sum / rows[i][i];
        }
        return p;
    }

    /** By how much half the linearized sum of squares falls along p. */
    double decrease(double[] p) {
        double decrease = 0;
        for (double[] row : reduced) {
            double along = 0;
            for (int j = 0; j < n; j++) {
                along += row[j] * p[j];
            }
            decrease -= along * (row[n] + 0.5 * along);
        }
        return decrease;
    }

    /** Householder reflections that make the first columns upper triangular. */
    private static void reduce(double[][] rows, int columns) {
        for (int c = 0; c < Math.min(columns, rows.length); c++) {
            double norm = 0;
            for (int i = c; i < rows.length; i++) {
                norm = Math.hypot(norm, rows[i][c]);
            }
            if (norm == 0) {
                continue;
            }
            double pivot = rows[c][c] > 0 ? -norm : norm;
            double head = rows[c][c] - pivot;
            double factor = -1 / (pivot * head);
            rows[c][c] = head;
            for (int j = c + 1; j <= columns; j++) {
                double dot = 0;
                for (int i = c; i < rows.length; i++) {
                    dot += rows[i][c] * rows[i][j];
                }
                for (int i = c; i < rows.length; i++) {
                    rows[i][j] -= factor * dot * rows[i][c];
                }
            }
            rows[c][c] = pivot;
            for (int i = c + 1; i < rows.length; i++) {
                rows[i][c] = 0;
            }
        }
    }
}
