package dev.secant.fit;

import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.Objective;

/**
 * The fit energy along the kinematic tree on plain arrays: value and gradient of one person in microseconds.
 *
 * <p>The gradient is exact: {@link PointKinematics#backward} gives the derivative of each turn, the Jacobians of the exponential
 * map take it to the variables. A workspace for one thread: an evaluation allocates nothing.
 */
public final class TreeFitEnergy implements ArrayObjective {

    private final PointRig rig;
    private final FitBatch batch;
    private final PointKinematics kinematics;
    private final FitVariables variables;
    private final float[] pointGradient;
    private final float[] turns;
    private final float[] betaGradient;
    private final float[] turn = new float[3];
    private final float[] u;
    private final float[] slopes;

    /**
     * The energy of a batch.
     *
     * @param rig its first points are the keypoints' slots
     */
    public TreeFitEnergy(PointRig rig, FitBatch batch) {
        this.rig = rig;
        this.batch = batch;
        this.kinematics = new PointKinematics(rig);
        this.variables = new FitVariables(batch);
        this.pointGradient = new float[3 * rig.size()];
        this.turns = new float[3 * batch.joints()];
        this.betaGradient = new float[batch.shapes()];
        this.u = new float[batch.variables()];
        this.slopes = new float[batch.variables()];
    }

    @Override
    public int dimension() {
        return batch.variables();
    }

    @Override
    public Objective select(int[] rows) {
        return new TreeFitEnergy(rig, batch.select(rows));
    }

    @Override
    public double evaluate(int item, double[] x, double[] gradient) {
        float[] u = this.u;
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) x[i];
        }
        float value = evaluate(item, u, 0, slopes, 0);
        for (int i = 0; i < slopes.length; i++) {
            gradient[i] = slopes[i];
        }
        return value;
    }

    /**
     * Value and gradient of one person.
     *
     * @param person its place in the batch
     * @param u its variables, {@code [n]} from {@code from}
     * @param gradient receives the gradient, {@code [n]} from {@code to}
     * @return the value
     */
    public float evaluate(int person, float[] u, int from, float[] gradient, int to) {
        variables.decode(person, u, from);
        kinematics.forward(variables.rotations(), variables.betas());
        float value = reproject(person);
        kinematics.backward(pointGradient, turns, betaGradient);
        chain(person, u, from, gradient, to);
        for (int i = 0; i < batch.variables(); i++) {
            value += 0.5f * u[from + i] * u[from + i];
        }
        return value;
    }

    /**
     * The points of the rig in camera space, translation included, of one person.
     *
     * @param u its variables, {@code [n]} from {@code from}
     * @return metres, {@code [P, 3]}
     */
    public float[] points(int person, float[] u, int from) {
        variables.decode(person, u, from);
        kinematics.forward(variables.rotations(), variables.betas());
        float[] points = kinematics.points().clone();
        for (int i = 0; i < points.length; i++) {
            points[i] += variables.translation()[i % 3];
        }
        return points;
    }

    /** A function of the posed points, for training. */
    @FunctionalInterface
    public interface PointLoss {

        /**
         * Its value.
         *
         * @param points of the rig in camera space without translation, metres, {@code [P, 3]}
         * @param gradient receives its derivative, zero before, {@code [P, 3]}
         */
        float evaluate(float[] points, float[] gradient);
    }

    /**
     * Adds the gradient of a function of the points, which does not see the translation, with respect to one person's variables.
     *
     * @param u its variables, {@code [n]} from {@code from}
     * @param gradient is added to, {@code [n]}
     * @return the function's value
     */
    public float addGradient(int person, float[] u, int from, PointLoss loss, float factor, float[] gradient) {
        variables.decode(person, u, from);
        kinematics.forward(variables.rotations(), variables.betas());
        java.util.Arrays.fill(pointGradient, 0);
        float value = loss.evaluate(kinematics.points(), pointGradient);
        kinematics.backward(pointGradient, turns, betaGradient);
        float[] own = new float[batch.variables()];
        chain(person, new float[own.length], 0, own, 0);
        int camera = 3 * batch.joints() + batch.shapes();
        for (int i = 0; i < camera; i++) {
            gradient[i] += factor * own[i];
        }
        return value;
    }

    /** The data term; leaves its derivative with respect to the points. */
    private float reproject(int person) {
        int slots = batch.observations().weights().length / batch.size();
        float[] rays = batch.observations().rays();
        float[] weights = batch.observations().weights();
        float[] points = kinematics.points();
        float[] translation = variables.translation();
        float unit = FitEnergy.NOISE * batch.observations().boxes()[3 * person + 2];
        float precision = 1 / (unit * unit);
        float bound = 1 / (FitEnergy.OUTLIER * FitEnergy.OUTLIER);
        java.util.Arrays.fill(pointGradient, 0);
        float value = 0;
        for (int k = 0; k < slots; k++) {
            int at = person * slots + k;
            float weight = weights[at];
            if (weight > 0) {
                float x = points[3 * k] + translation[0];
                float y = points[3 * k + 1] + translation[1];
                float z = points[3 * k + 2] + translation[2];
                boolean near = z < FitEnergy.NEAREST;
                float inverse = 1 / (near ? FitEnergy.NEAREST : z);
                float dx = x * inverse - rays[2 * at];
                float dy = y * inverse - rays[2 * at + 1];
                float q = (dx * dx + dy * dy) * precision;
                float saturation = 1 / (1 + q * bound);
                value += 0.5f * weight * q * saturation;
                float slope = weight * precision * saturation * saturation;
                float gx = slope * dx * inverse;
                float gy = slope * dy * inverse;
                pointGradient[3 * k] = gx;
                pointGradient[3 * k + 1] = gy;
                pointGradient[3 * k + 2] = near ? 0 : -(gx * x + gy * y) * inverse;
            }
        }
        return value;
    }

    /** From derivatives of turns, betas and points to those of the whitened variables, the prior's included. */
    private void chain(int person, float[] u, int from, float[] gradient, int to) {
        int joints = batch.joints();
        int n = batch.variables();
        float[] world = kinematics.worldRotations();
        float[] scales = batch.scales();
        for (int j = 0; j < joints; j++) {
            for (int i = 0; i < 3; i++) {
                // The root turns about the camera's axes, every other joint about its own.
                turn[i] = j == 0
                        ? turns[i]
                        : world[9 * j + i] * turns[3 * j]
                                + world[9 * j + 3 + i] * turns[3 * j + 1]
                                + world[9 * j + 6 + i] * turns[3 * j + 2];
            }
            FitVariables.transposedJacobian(variables.delta(), 3 * j, j == 0, turn, gradient, to + 3 * j);
        }
        System.arraycopy(betaGradient, 0, gradient, to + 3 * joints, betaGradient.length);
        float gx = 0;
        float gy = 0;
        float gz = 0;
        for (int i = 0; i < pointGradient.length; i += 3) {
            gx += pointGradient[i];
            gy += pointGradient[i + 1];
            gz += pointGradient[i + 2];
        }
        float[] translation = variables.translation();
        float sideways = variables.sidewaysMetres();
        int camera = to + 3 * joints + batch.shapes();
        gradient[camera] = sideways * gx;
        gradient[camera + 1] = sideways * gy;
        gradient[camera + 2] = gx * translation[0] + gy * translation[1] + gz * translation[2];
        for (int i = 0; i < n; i++) {
            gradient[to + i] = gradient[to + i] * scales[person * n + i] + u[from + i];
        }
    }
}
