package dev.secant.linalg;

import java.util.Arrays;

/** Eigenvalues of small symmetric matrices by Jacobi's rotations (Golub and Van Loan, section 8.5). */
public final class Eigenvalues {

    private static final int SWEEPS = 30;

    private Eigenvalues() {}

    /** Ascending; the matrix is overwritten. */
    public static double[] ofSymmetric(double[][] a) {
        int n = a.length;
        for (int sweep = 0; sweep < SWEEPS && offDiagonal(a) > 0; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, p, q);
                }
            }
        }
        double[] eigenvalues = new double[n];
        Arrays.setAll(eigenvalues, i -> a[i][i]);
        Arrays.sort(eigenvalues);
        return eigenvalues;
    }

    private static double offDiagonal(double[][] a) {
        double largest = 0;
        double scale = 0;
        for (int i = 0; i < a.length; i++) {
            scale = Math.max(scale, Math.abs(a[i][i]));
            for (int j = 0; j < i; j++) {
                largest = Math.max(largest, Math.abs(a[i][j]));
            }
        }
        return largest <= 1e-17 * scale ? 0 : largest;
    }

    private static void rotate(double[][] a, int p, int q) {
        if (a[p][q] == 0 || !Double.isFinite(a[p][q])) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
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
