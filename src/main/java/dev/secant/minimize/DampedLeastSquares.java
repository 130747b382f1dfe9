package dev.secant.minimize;

import org.jspecify.annotations.Nullable;

/** {@code min ||J p - r||^2 + sum (d_i p_i)^2} by Householder's QR of the stacked matrix: twice the digits of normal equations. */
final class DampedLeastSquares {

    private DampedLeastSquares() {}

    /**
     * Solves.
     *
     * @param jacobian {@code [m, n]}; not modified
     * @param residuals {@code [m]}
     * @param damping {@code [n]}
     * @return p, {@code [n]}; null where the matrix has no full rank in this arithmetic
     */
    static double @Nullable [] solve(double[][] jacobian, double[] residuals, double[] damping) {
        int m = jacobian.length;
        int n = damping.length;
        double[][] a = new double[m + n][n];
        double[] b = new double[m + n];
        for (int i = 0; i < m; i++) {
            a[i] = jacobian[i].clone();
            b[i] = residuals[i];
        }
        for (int j = 0; j < n; j++) {
            a[m + j][j] = damping[j];
        }
        for (int k = 0; k < n; k++) {
            if (!reflect(a, b, k)) {
                return null;
            }
        }
        double[] p = new double[n];
        for (int k = n - 1; k >= 0; k--) {
            double sum = b[k];
            for (int j = k + 1; j < n; j++) {
                sum -= a[k][j] * p[j];
            }
            p[k] = sum / a[k][k];
        }
        return p;
    }

    /** Makes column k zero below the diagonal. */
    private static boolean reflect(double[][] a, double[] b, int k) {
        double norm = 0;
        for (int i = k; i < a.length; i++) {
            norm = Math.hypot(norm, a[i][k]);
        }
        if (!(norm > 0) || Double.isInfinite(norm)) {
            return false;
        }
        double alpha = a[k][k] > 0 ? -norm : norm;
        double[] v = new double[a.length];
        for (int i = k; i < a.length; i++) {
            v[i] = a[i][k] / norm;
        }
        v[k] -= alpha / norm;
        double length = 0;
        for (int i = k; i < a.length; i++) {
            length += v[i] * v[i];
        }
        for (int j = k; j < a[k].length; j++) {
            double product = 0;
            for (int i = k; i < a.length; i++) {
                product += v[i] * a[i][j];
            }
            for (int i = k; i < a.length; i++) {
                a[i][j] -= 2 * product / length * v[i];
            }
        }
        double product = 0;
        for (int i = k; i < a.length; i++) {
            product += v[i] * b[i];
        }
        for (int i = k; i < a.length; i++) {
            b[i] -= 2 * product / length * v[i];
        }
        a[k][k] = alpha;
        return true;
    }
}
