package dev.secant.fit.views;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.FitEnergy;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.ResidualObjective;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;

/**
 * The energy of a person that V calibrated cameras see, at whitened variables u of a {@link BodyPrior}:
 *
 * <pre>{@code E(u) = sum_v sum_k c_vk rho(|pi(R_v X_k(u) + t_v) - r_vk|^2 / (tau S_v)^2) + |u|^2 / 2}</pre>
 *
 * <p>It is the energy of a single view ({@link FitEnergy}), its data term summed over the views; {@code X_k} is in the world. As a sum
 * of squares its residuals are {@code sqrt(c) e (1 + |e|^2 / kappa^2)^(-1/2)} with {@code e = (x - r) / (tau S)}, whose half square is
 * {@code c rho}; two for each view and slot, then u itself.
 *
 * <p>Value, gradient and Jacobian are exact, along the kinematic tree on plain arrays. Items of a batch are several starts for the same
 * person. A workspace for one thread.
 */
final class MultiViewEnergy implements ArrayObjective, ResidualObjective {

    private static final float BOUND = 1 / (FitEnergy.OUTLIER * FitEnergy.OUTLIER);

    private final PointRig rig;
    private final ViewRays rays;
    private final BodyPrior prior;
    private final PointKinematics kinematics;
    private final MultiViewVariables variables;
    private final float[] pointGradient;
    private final float[] turns;
    private final float[] betaGradient;

    /** What one camera sees of one point, and how its error moves with the point. */
    private final Sight sight = new Sight();

    /**
     * The energy of a person.
     *
     * @param rig its first points are the keypoints' slots
     */
    MultiViewEnergy(PointRig rig, ViewRays rays, BodyPrior prior) {
        this.rig = rig;
        this.rays = rays;
        this.prior = prior;
        this.kinematics = new PointKinematics(rig);
        this.variables = new MultiViewVariables(prior);
        this.pointGradient = new float[3 * rig.size()];
        this.turns = new float[3 * prior.joints()];
        this.betaGradient = new float[prior.betas().length];
    }

    @Override
    public int dimension() {
        return prior.variables();
    }

    @Override
    public MultiViewEnergy select(int[] rows) {
        return new MultiViewEnergy(rig, rays, prior);
    }

    /** The body at variables; the workspace's own, until the next call. */
    MultiViewVariables bodyAt(double[] u) {
        pose(u);
        return variables;
    }

    /** The points of the rig in the world at variables, metres, {@code [P, 3]}. */
    float[] points(double[] u) {
        pose(u);
        float[] points = kinematics.points().clone();
        for (int i = 0; i < points.length; i++) {
            points[i] += variables.translation()[i % 3];
        }
        return points;
    }

    private void pose(double[] u) {
        variables.decode(u);
        kinematics.forward(variables.rotations(), variables.betas());
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        return ArrayObjective.super.evaluate(x);
    }

    @Override
    public double evaluate(int item, double[] x, double[] gradient) {
        pose(x);
        Arrays.fill(pointGradient, 0);
        double value = 0;
        for (int v = 0; v < rays.views(); v++) {
            for (int k = 0; k < rays.slots(); k++) {
                if (sight.at(v, k)) {
                    value += 0.5 * sight.weight * sight.q * sight.saturation;
                    float slope = sight.weight * sight.saturation * sight.saturation;
                    for (int i = 0; i < 3; i++) {
                        pointGradient[3 * k + i] +=
                                slope * (sight.ex * sight.jacobian[i] + sight.ey * sight.jacobian[3 + i]);
                    }
                }
            }
        }
        kinematics.backward(pointGradient, turns, betaGradient);
        chain(gradient);
        for (int i = 0; i < x.length; i++) {
            value += 0.5 * x[i] * x[i];
            gradient[i] += x[i];
        }
        return value;
    }

    /** From derivatives of turns, betas and points to those of the variables, without the prior. */
    private void chain(double[] gradient) {
        int joints = prior.joints();
        float[] axes = variables.axes(kinematics);
        for (int j = 0; j < joints; j++) {
            for (int i = 0; i < 3; i++) {
                gradient[3 * j + i] = axes[9 * j + i] * turns[3 * j]
                        + axes[9 * j + 3 + i] * turns[3 * j + 1]
                        + axes[9 * j + 6 + i] * turns[3 * j + 2];
            }
        }
        for (int s = 0; s < betaGradient.length; s++) {
            gradient[3 * joints + s] = prior.deviations()[3 * joints + s - 3] * betaGradient[s];
        }
        double[] moved = new double[3];
        for (int i = 0; i < pointGradient.length; i++) {
            moved[i % 3] += pointGradient[i];
        }
        int camera = 3 * joints + betaGradient.length;
        for (int i = 0; i < 3; i++) {
            gradient[camera + i] = prior.translationFactor()[i] * moved[0]
                    + prior.translationFactor()[3 + i] * moved[1]
                    + prior.translationFactor()[6 + i] * moved[2];
        }
    }

    @Override
    public Linearization linearize(NDArray x) {
        NDManager manager = x.getManager();
        int n = dimension();
        int m = 2 * rays.views() * rays.slots() + n;
        double[] points = HostArrays.doubles(x);
        int size = points.length / n;
        double[] residuals = new double[size * m];
        double[] jacobian = new double[size * m * n];
        for (int item = 0; item < size; item++) {
            linearize(Arrays.copyOfRange(points, item * n, (item + 1) * n), residuals, item * m, jacobian);
        }
        return new Linearization(
                HostArrays.create(manager, x.getDataType(), residuals, size, m),
                HostArrays.create(manager, x.getDataType(), jacobian, size, m, n));
    }

    /** Writes the residuals of one point and their Jacobian, from {@code row} and {@code row n} on. */
    private void linearize(double[] u, double[] residuals, int row, double[] jacobian) {
        int n = dimension();
        pose(u);
        float[] motions = motions();
        int at = row;
        for (int v = 0; v < rays.views(); v++) {
            for (int k = 0; k < rays.slots(); k++) {
                if (sight.at(v, k)) {
                    fill(k, motions, residuals, jacobian, at);
                }
                at += 2;
            }
        }
        for (int i = 0; i < n; i++) {
            residuals[at + i] = u[i];
            jacobian[(at + i) * n + i] = 1;
        }
    }

    private void fill(int k, float[] motions, double[] residuals, double[] jacobian, int at) {
        int n = dimension();
        double root = Math.sqrt(sight.weight * sight.saturation);
        // d (e (1 + s)^(-1/2)) = (1 + s)^(-1/2) (I - e e' / (kappa^2 (1 + s))) de
        double bend = BOUND * sight.saturation;
        double xx = root * (1 - bend * sight.ex * sight.ex);
        double xy = -root * bend * sight.ex * sight.ey;
        double yy = root * (1 - bend * sight.ey * sight.ey);
        residuals[at] = root * sight.ex;
        residuals[at + 1] = root * sight.ey;
        for (int i = 0; i < n; i++) {
            double alongX = 0;
            double alongY = 0;
            for (int axis = 0; axis < 3; axis++) {
                float moved = motions[(3 * k + axis) * n + i];
                alongX += sight.jacobian[axis] * moved;
                alongY += sight.jacobian[3 + axis] * moved;
            }
            jacobian[at * n + i] = xx * alongX + xy * alongY;
            jacobian[(at + 1) * n + i] = xy * alongX + yy * alongY;
        }
    }

    /** How each variable moves each slot's point at the posed body, metres, {@code [K, 3, n]}. */
    private float[] motions() {
        int n = dimension();
        int joints = prior.joints();
        int shapes = betaGradient.length;
        int slots = rays.slots();
        float[] levers = new float[3 * slots * joints];
        float[] shapeDerivatives = new float[3 * slots * shapes];
        kinematics.levers(slots, levers);
        kinematics.shapeDerivatives(slots, shapeDerivatives);
        float[] axes = variables.axes(kinematics);
        float[] motions = new float[3 * slots * n];
        for (int k = 0; k < slots; k++) {
            for (int j = 0; j < joints; j++) {
                int lever = 3 * (k * joints + j);
                for (int i = 0; i < 3; i++) {
                    float ax = axes[9 * j + i];
                    float ay = axes[9 * j + 3 + i];
                    float az = axes[9 * j + 6 + i];
                    int to = 3 * k * n + 3 * j + i;
                    motions[to] = ay * levers[lever + 2] - az * levers[lever + 1];
                    motions[to + n] = az * levers[lever] - ax * levers[lever + 2];
                    motions[to + 2 * n] = ax * levers[lever + 1] - ay * levers[lever];
                }
            }
            for (int axis = 0; axis < 3; axis++) {
                int to = (3 * k + axis) * n + 3 * joints;
                for (int s = 0; s < shapes; s++) {
                    motions[to + s] = (float)
                            (prior.deviations()[3 * joints + s - 3] * shapeDerivatives[(3 * k + axis) * shapes + s]);
                }
                for (int i = 0; i < 3; i++) {
                    motions[to + shapes + i] = (float) prior.translationFactor()[3 * axis + i];
                }
            }
        }
        return motions;
    }

    private final class Sight {

        /** The confidence. */
        float weight;
        /** The error in expected deviations. */
        float ex;

        float ey;
        float q;
        /** {@code 1 / (1 + q / kappa^2)}. */
        float saturation;
        /** The derivative of the error with respect to the point in the world, {@code [2, 3]}. */
        final float[] jacobian = new float[6];

        /** Looks from view v at slot k of the posed body; false where it was not detected. */
        boolean at(int v, int k) {
            int at = v * rays.slots() + k;
            weight = rays.observations().weights()[at];
            if (weight <= 0) {
                return false;
            }
            float[] turn = rays.rotations();
            float[] seen = new float[3];
            for (int i = 0; i < 3; i++) {
                float sum = rays.translations()[3 * v + i];
                for (int axis = 0; axis < 3; axis++) {
                    sum += turn[9 * v + 3 * i + axis]
                            * (kinematics.points()[3 * k + axis] + variables.translation()[axis]);
                }
                seen[i] = sum;
            }
            boolean near = seen[2] < FitEnergy.NEAREST;
            float inverse = 1 / (near ? FitEnergy.NEAREST : seen[2]);
            float unit = 1 / (FitEnergy.NOISE * rays.observations().boxes()[3 * v + 2]);
            float x = seen[0] * inverse;
            float y = seen[1] * inverse;
            ex = unit * (x - rays.observations().rays()[2 * at]);
            ey = unit * (y - rays.observations().rays()[2 * at + 1]);
            q = ex * ex + ey * ey;
            saturation = 1 / (1 + q * BOUND);
            float scale = unit * inverse;
            for (int axis = 0; axis < 3; axis++) {
                float away = near ? 0 : turn[9 * v + 6 + axis];
                jacobian[axis] = scale * (turn[9 * v + axis] - x * away);
                jacobian[3 + axis] = scale * (turn[9 * v + 3 + axis] - y * away);
            }
            return true;
        }
    }
}
