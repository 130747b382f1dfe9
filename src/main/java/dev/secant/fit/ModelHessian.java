package dev.secant.fit;

import dev.secant.linalg.Cholesky;
import dev.secant.linalg.DiagonalPlusLowRank;
import dev.secant.linalg.Factorization;
import java.util.Optional;

/**
 * The model Hessian that a fit's optimizer starts from: {@code H = diag(lambda) + sum_k omega_k J_k'J_k}, the Gauss-Newton Hessian at
 * the guess with a learned weight for each variable's prior and each keypoint. With all weights 1 it is Gauss-Newton's own.
 *
 * @param jacobian of the weighted residuals
 * @param lambda positive, {@code [n]}
 * @param omega positive, of all slots, {@code [K]}
 */
public record ModelHessian(FitJacobian.Rows jacobian, float[] lambda, float[] omega) {

    /** No body can be fitted; the message is meant for the client. */
    public static final class NotPositiveDefiniteException extends RuntimeException {
        private NotPositiveDefiniteException(String message) {
            super(message);
        }
    }

    /** The matrix in a form that solves with it: of the order of the rows where these are fewer than the variables, else by Cholesky. */
    public Factorization factor() {
        float[][] rows = weighted();
        Optional<? extends Factorization> factor =
                rows.length < lambda.length ? DiagonalPlusLowRank.of(lambda, rows) : Cholesky.of(matrix(rows), 0);
        if (factor.isEmpty()) {
            throw new NotPositiveDefiniteException(
                    "No body can be fitted: the model Hessian is not positive definite. Maybe the image size or the focal length"
                            + " is wrong by orders of magnitude.");
        }
        return factor.get();
    }

    /** {@code omega^(1/2) J}. */
    private float[][] weighted() {
        float[][] rows = new float[jacobian.values().length][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = jacobian.values()[row].clone();
            float weight = (float) Math.sqrt(omega[jacobian.slots()[row / 2]]);
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] *= weight;
            }
        }
        return rows;
    }

    private double[][] matrix(float[][] rows) {
        int n = lambda.length;
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = lambda[i];
        }
        for (float[] row : rows) {
            for (int i = 0; i < n; i++) {
                for (int k = 0; k <= i; k++) {
                    matrix[i][k] += (double) row[i] * row[k];
                }
            }
        }
        return matrix;
    }

    /**
     * Adds the derivative of {@code -a'H^-1 b} with respect to the weights.
     *
     * @param a {@code H^-1} of the left side
     * @param b {@code H^-1} of the right side
     * @param lambdaGradient is added to, {@code [n]} from {@code lambdaFrom}
     * @param omegaGradient is added to, {@code [K]} from {@code omegaFrom}
     */
    public void addGradient(
            double[] a, double[] b, float[] lambdaGradient, int lambdaFrom, float[] omegaGradient, int omegaFrom) {
        for (int i = 0; i < a.length; i++) {
            lambdaGradient[lambdaFrom + i] += (float) (a[i] * b[i]);
        }
        for (int row = 0; row < jacobian.values().length; row++) {
            double alongA = 0;
            double alongB = 0;
            float[] j = jacobian.values()[row];
            for (int i = 0; i < j.length; i++) {
                alongA += j[i] * a[i];
                alongB += j[i] * b[i];
            }
            omegaGradient[omegaFrom + jacobian.slots()[row / 2]] += (float) (alongA * alongB);
        }
    }
}
