package dev.secant.fit;

import dev.secant.linalg.Cholesky;

/**
 * The model Hessian that a fit's optimizer starts from: {@code H = diag(lambda) + sum_k omega_k J_k'J_k}, the Gauss-Newton Hessian at
 * the guess with a learned weight for each variable's prior and each keypoint. With all weights 1 it is Gauss-Newton's own.
 *
 * @param jacobian of the weighted residuals, {@code [2 K][n]}
 * @param lambda positive, {@code [n]}
 * @param omega positive, {@code [K]}
 */
public record ModelHessian(double[][] jacobian, double[] lambda, double[] omega) {

    /** No body can be fitted; the message is meant for the client. */
    public static final class NotPositiveDefiniteException extends RuntimeException {
        private NotPositiveDefiniteException(String message) {
            super(message);
        }
    }

    /** The factor of the matrix. */
    public Cholesky factor() {
        int n = lambda.length;
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = lambda[i];
        }
        for (int row = 0; row < jacobian.length; row++) {
            double[] j = jacobian[row];
            for (int i = 0; i < n; i++) {
                double factor = omega[row / 2] * j[i];
                if (factor != 0) {
                    double[] out = matrix[i];
                    for (int k = 0; k <= i; k++) {
                        out[k] += factor * j[k];
                    }
                }
            }
        }
        return Cholesky.of(matrix, 0)
                .orElseThrow(() -> new NotPositiveDefiniteException(
                        "No body can be fitted: the model Hessian is not positive definite. Maybe the image size or the focal length"
                                + " is wrong by orders of magnitude."));
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
        for (int row = 0; row < jacobian.length; row++) {
            double alongA = 0;
            double alongB = 0;
            double[] j = jacobian[row];
            for (int i = 0; i < j.length; i++) {
                alongA += j[i] * a[i];
                alongB += j[i] * b[i];
            }
            omegaGradient[omegaFrom + row / 2] += (float) (alongA * alongB);
        }
    }
}
