package dev.secant.fit.views;

import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.Rotations;

/** A body at whitened variables of a {@link BodyPrior}, and the directions in which each variable moves it. A workspace for one thread. */
final class MultiViewVariables {

    private final BodyPrior prior;
    private final float[] delta;
    private final float[] rotations;
    private final float[] betas;
    private final float[] translation = new float[3];
    private final float[] turn = new float[9];
    private final float[] axes;

    MultiViewVariables(BodyPrior prior) {
        this.prior = prior;
        this.delta = new float[3 * prior.joints()];
        this.rotations = new float[9 * prior.joints()];
        this.betas = new float[prior.betas().length];
        this.axes = new float[9 * prior.joints()];
    }

    /** Decodes variables, {@code [n]}. */
    void decode(double[] u) {
        int joints = prior.joints();
        for (int i = 0; i < 3; i++) {
            delta[i] = (float) row(prior.rootFactor(), i, u, 0);
        }
        for (int i = 3; i < 3 * joints; i++) {
            delta[i] = (float) (prior.deviations()[i - 3] * u[i]);
        }
        Rotations.exp(delta, 0, turn, 0);
        Rotations.multiply(turn, 0, prior.rotations(), 0, rotations, 0);
        for (int j = 1; j < joints; j++) {
            Rotations.exp(delta, 3 * j, turn, 0);
            Rotations.multiply(prior.rotations(), 9 * j, turn, 0, rotations, 9 * j);
        }
        for (int s = 0; s < betas.length; s++) {
            int variable = 3 * joints + s;
            betas[s] = (float) (prior.betas()[s] + prior.deviations()[variable - 3] * u[variable]);
        }
        for (int i = 0; i < 3; i++) {
            translation[i] =
                    (float) (prior.translation()[i] + row(prior.translationFactor(), i, u, 3 * joints + betas.length));
        }
    }

    private static double row(double[] matrix, int row, double[] vector, int from) {
        return matrix[3 * row] * vector[from]
                + matrix[3 * row + 1] * vector[from + 1]
                + matrix[3 * row + 2] * vector[from + 2];
    }

    /** Parent-relative, the root to the world, {@code [J, 3, 3]}. */
    float[] rotations() {
        return rotations;
    }

    /** {@code [S]}. */
    float[] betas() {
        return betas;
    }

    /** Metres, {@code [3]}. */
    float[] translation() {
        return translation;
    }

    /**
     * The axes, in the world, about which the three variables of each joint turn it at the last decoded point: column i of matrix j is
     * that of variable {@code 3 j + i}, {@code [J, 3, 3]}. The Jacobians of the exponential map are those of Sola et al., "A micro Lie
     * theory", 2018, equations 143 and 145.
     *
     * @param kinematics posed at these variables
     */
    float[] axes(PointKinematics kinematics) {
        float[] world = kinematics.worldRotations();
        for (int j = 0; j < prior.joints(); j++) {
            double[] jacobian = jacobian(delta, 3 * j, j == 0 ? 1 : -1);
            for (int row = 0; row < 3; row++) {
                for (int i = 0; i < 3; i++) {
                    double sum = 0;
                    for (int k = 0; k < 3; k++) {
                        sum += j == 0
                                ? jacobian[3 * row + k] * prior.rootFactor()[3 * k + i]
                                : world[9 * j + 3 * row + k] * jacobian[3 * k + i];
                    }
                    axes[9 * j + 3 * row + i] = (float) (j == 0 ? sum : sum * prior.deviations()[3 * j + i - 3]);
                }
            }
        }
        return axes;
    }

    /** The left (sign 1) or right (sign -1) Jacobian of the exponential map. */
    private static double[] jacobian(float[] vector, int at, double sign) {
        double x = vector[at];
        double y = vector[at + 1];
        double z = vector[at + 2];
        double squared = x * x + y * y + z * z;
        double a;
        double b;
        if (squared < 1e-6) {
            // The quotients below lose their digits.
            a = 0.5 - squared / 24;
            b = 1.0 / 6 - squared / 120;
        } else {
            double angle = Math.sqrt(squared);
            a = (1 - Math.cos(angle)) / squared;
            b = (angle - Math.sin(angle)) / (squared * angle);
        }
        double s = sign * a;
        return new double[] {
            1 - b * (y * y + z * z),
            b * x * y - s * z,
            b * x * z + s * y,
            b * x * y + s * z,
            1 - b * (x * x + z * z),
            b * y * z - s * x,
            b * x * z - s * y,
            b * y * z + s * x,
            1 - b * (x * x + y * y)
        };
    }
}
