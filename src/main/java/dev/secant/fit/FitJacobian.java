package dev.secant.fit;

import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;

/**
 * The Jacobian of the fit's weighted residuals at the start of each person, along the kinematic tree.
 *
 * <p>Row (k, axis) is the derivative of {@code sqrt(c_k) rho'(q_k)^(1/2) (x_k - x_k*) / (tau size)} with respect to the whitened
 * variables, the weight held fixed; so that {@code J'J + I} is the Gauss-Newton Hessian of {@link FitEnergy}. A workspace for one thread.
 */
public final class FitJacobian {

    private final FitBatch batch;
    private final PointKinematics kinematics;
    private final FitVariables variables;
    private final int slots;
    private final float[] levers;
    private final float[] shapes;
    private final float[] direction = new float[3];
    private final float[] projection = new float[6];

    /**
     * The Jacobians of a batch.
     *
     * @param rig its first points are the keypoints' slots
     */
    public FitJacobian(PointRig rig, FitBatch batch) {
        this.batch = batch;
        this.kinematics = new PointKinematics(rig);
        this.variables = new FitVariables(batch);
        this.slots = batch.observations().weights().length / batch.size();
        this.levers = new float[3 * slots * batch.joints()];
        this.shapes = new float[3 * slots * batch.shapes()];
    }

    /** K, the slots; there are two rows for each. */
    public int slots() {
        return slots;
    }

    /** The Jacobian of a person at its start, {@code [2 K][n]}; rows of what is not detected are zero. */
    public double[][] at(int person) {
        int n = batch.variables();
        variables.decode(person, new float[n], 0);
        kinematics.forward(variables.rotations(), variables.betas());
        kinematics.levers(slots, levers);
        kinematics.shapeDerivatives(slots, shapes);
        double[][] jacobian = new double[2 * slots][n];
        for (int k = 0; k < slots; k++) {
            if (batch.observations().weights()[person * slots + k] > 0) {
                project(person, k);
                fill(person, k, jacobian[2 * k], jacobian[2 * k + 1]);
            }
        }
        return jacobian;
    }

    /** The derivative of the weighted residual with respect to the point in space, {@code [2, 3]}. */
    private void project(int person, int k) {
        float[] points = kinematics.points();
        float[] translation = variables.translation();
        int at = person * slots + k;
        float x = points[3 * k] + translation[0];
        float y = points[3 * k + 1] + translation[1];
        float z = points[3 * k + 2] + translation[2];
        boolean near = z < FitEnergy.NEAREST;
        float inverse = 1 / (near ? FitEnergy.NEAREST : z);
        float unit = FitEnergy.NOISE * batch.observations().boxes()[3 * person + 2];
        float dx = x * inverse - batch.observations().rays()[2 * at];
        float dy = y * inverse - batch.observations().rays()[2 * at + 1];
        float q = (dx * dx + dy * dy) / (unit * unit);
        float saturation = 1 / (1 + q / (FitEnergy.OUTLIER * FitEnergy.OUTLIER));
        float weight = (float) Math.sqrt(batch.observations().weights()[at]) * saturation / unit;
        projection[0] = weight * inverse;
        projection[1] = 0;
        projection[2] = near ? 0 : -weight * x * inverse * inverse;
        projection[3] = 0;
        projection[4] = weight * inverse;
        projection[5] = near ? 0 : -weight * y * inverse * inverse;
    }

    private void fill(int person, int k, double[] rowX, double[] rowY) {
        int joints = batch.joints();
        int count = batch.shapes();
        float[] world = kinematics.worldRotations();
        for (int j = 0; j < joints; j++) {
            int lever = 3 * (k * joints + j);
            for (int i = 0; i < 3; i++) {
                // The root turns about the camera's axes, every other joint about its own.
                float ax = j == 0 ? (i == 0 ? 1 : 0) : world[9 * j + i];
                float ay = j == 0 ? (i == 1 ? 1 : 0) : world[9 * j + 3 + i];
                float az = j == 0 ? (i == 2 ? 1 : 0) : world[9 * j + 6 + i];
                direction[0] = ay * levers[lever + 2] - az * levers[lever + 1];
                direction[1] = az * levers[lever] - ax * levers[lever + 2];
                direction[2] = ax * levers[lever + 1] - ay * levers[lever];
                put(person, 3 * j + i, rowX, rowY);
            }
        }
        for (int s = 0; s < count; s++) {
            for (int i = 0; i < 3; i++) {
                direction[i] = shapes[(3 * k + i) * count + s];
            }
            put(person, 3 * joints + s, rowX, rowY);
        }
        int camera = 3 * joints + count;
        for (int axis = 0; axis < 2; axis++) {
            direction[0] = axis == 0 ? variables.sidewaysMetres() : 0;
            direction[1] = axis == 1 ? variables.sidewaysMetres() : 0;
            direction[2] = 0;
            put(person, camera + axis, rowX, rowY);
        }
        System.arraycopy(variables.translation(), 0, direction, 0, 3);
        put(person, camera + 2, rowX, rowY);
    }

    private void put(int person, int variable, double[] rowX, double[] rowY) {
        float scale = batch.scales()[person * batch.variables() + variable];
        rowX[variable] =
                scale * (projection[0] * direction[0] + projection[1] * direction[1] + projection[2] * direction[2]);
        rowY[variable] =
                scale * (projection[3] * direction[0] + projection[4] * direction[1] + projection[5] * direction[2]);
    }
}
