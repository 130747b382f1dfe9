package dev.secant.linalg;

import java.util.Arrays;

/** Eigenvalues by Jacobi's cyclic rotations (Golub and Van Loan, section 8.5): slow, and independent of what is tested. */
final class JacobiEigenvalues {

    private static final int SWEEPS = 30;

    private JacobiEigenvalues() {}

    /** Ascending. */
    static double[] of(double[][] symmetric) {
        int n = symmetric.length;
        double[][] a = new double[n][];
        Arrays.setAll(a, i -> symmetric[i].clone());
        for (int sweep = 0; sweep < SWEEPS && !isDiagonal(a); sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, p, q);
                }
            }
        }
        double[] values = new double[n];
        Arrays.setAll(values, i -> a[i][i]);
        Arrays.sort(values);
        return values;
    }

    private static boolean isDiagonal(double[][] a) {
        double off = 0;
        double all = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                all += a[i][j] * a[i][j];
                off += i == j ? 0 : a[i][j] * a[i][j];
            }
        }
        return off <= 1e-32 * all;
    }

    private static void rotate(double[][] a, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.hypot(1, tau));
        double c = 1 / Math.hypot(1, t);
        double s = t * c;
        for (int k = 0; k < a.length; k++) {
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < a.length; k++) {
            double pk = a[p][k];
            double qk = a[q][k];
            a[p][k] = c * pk - s * qk;
            a[q][k] = s * pk + c * qk;
        }
    }
}
