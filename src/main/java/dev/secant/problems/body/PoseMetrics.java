package dev.secant.problems.body;

import dev.secant.linalg.SymmetricEigen;

/**
 * Errors of 3D joints, as the field reports them.
 *
 * <p>MPJPE: mean distance after the roots are brought together. PA-MPJPE: mean distance after the best similarity
 * (rotation, scale, translation; Procrustes alignment in closed form, Umeyama 1991), by Horn's quaternion (1987).
 */
public final class PoseMetrics {

    private PoseMetrics() {}

    /**
     * Mean per-joint position error, the roots aligned.
     *
     * @param estimate {@code [N, 3]} from {@code from}
     * @param truth {@code [N, 3]} from {@code from}
     * @param estimateRoot {@code [3]}
     * @param truthRoot {@code [3]}
     * @return in the unit of the points
     */
    public static double mpjpe(double[][] estimate, double[][] truth, double[] estimateRoot, double[] truthRoot) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double squared = 0;
            for (int axis = 0; axis < 3; axis++) {
                double d = estimate[i][axis] - estimateRoot[axis] - truth[i][axis] + truthRoot[axis];
                squared += d * d;
            }
            sum += Math.sqrt(squared);
        }
        return sum / truth.length;
    }

    /** Mean per-joint position error after Procrustes alignment, in the unit of the points. */
    public static double procrustesMpjpe(double[][] estimate, double[][] truth) {
        double[] estimateMean = mean(estimate);
        double[] truthMean = mean(truth);
        double[][] covariance = new double[3][3];
        double spread = 0;
        for (int i = 0; i < truth.length; i++) {
            for (int a = 0; a < 3; a++) {
                double e = estimate[i][a] - estimateMean[a];
                spread += e * e;
                for (int b = 0; b < 3; b++) {
                    covariance[a][b] += e * (truth[i][b] - truthMean[b]);
                }
            }
        }
        double[][] rotation = bestRotation(covariance);
        double along = 0;
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                along += rotation[b][a] * covariance[a][b];
            }
        }
        double scale = spread > 0 ? along / spread : 1;
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double squared = 0;
            for (int b = 0; b < 3; b++) {
                double turned = 0;
                for (int a = 0; a < 3; a++) {
                    turned += rotation[b][a] * (estimate[i][a] - estimateMean[a]);
                }
                double d = scale * turned - (truth[i][b] - truthMean[b]);
                squared += d * d;
            }
            sum += Math.sqrt(squared);
        }
        return sum / truth.length;
    }

    private static double[] mean(double[][] points) {
        double[] mean = new double[3];
        for (double[] point : points) {
            for (int axis = 0; axis < 3; axis++) {
                mean[axis] += point[axis] / points.length;
            }
        }
        return mean;
    }

    /** The rotation R that maximises {@code sum b' R a} for {@code covariance = sum a b'}: Horn's largest eigenvector. */
    private static double[][] bestRotation(double[][] s) {
        double[][] n = {
            {s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]},
            {s[1][2] - s[2][1], s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]},
            {s[2][0] - s[0][2], s[0][1] + s[1][0], s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1]},
            {s[0][1] - s[1][0], s[2][0] + s[0][2], s[1][2] + s[2][1], s[2][2] - s[0][0] - s[1][1]}
        };
        SymmetricEigen eigen = SymmetricEigen.of(n);
        int largest = eigen.size() - 1;
        double w = eigen.vector(0, largest);
        double x = eigen.vector(1, largest);
        double y = eigen.vector(2, largest);
        double z = eigen.vector(3, largest);
        return new double[][] {
            {1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)},
            {2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)},
            {2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)}
        };
    }
}
