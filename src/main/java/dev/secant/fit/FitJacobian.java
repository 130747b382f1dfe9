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
    private final float[] zero;

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
        this.zero = new float[batch.variables()];
    }

    /** K, the slots; there are two rows for each. */
    public int slots() {
        return slots;
    }

    /**
     * A Jacobian's rows.
     *
     * @param slots the detected slots, ascending, {@code [k]}
     * @param values by the whitened variables: x and then y of each of these slots, {@code [2 k][n]}
     */
    public record Rows(int[] slots, float[][] values) {}

    /** The Jacobian of a person at its start; a slot that is not detected has no row. */
    public Rows at(int person) {
        int n = batch.variables();
        variables.decode(person, zero, 0);
        kinematics.forward(variables.rotations(), variables.betas());
        kinematics.levers(slots, levers);
        kinematics.shapeDerivatives(slots, shapes);
        int[] detected = detected(person);
        float[][] values = new float[2 * detected.length][n];
        for (int i = 0; i < detected.length; i++) {
            project(person, detected[i]);
            fill(person, detected[i], values[2 * i], values[2 * i + 1]);
        }
        return new Rows(detected, values);
    }

    private int[] detected(int person) {
        float[] weights = batch.observations().weights();
        int count = 0;
        for (int k = 0; k < slots; k++) {
            count += weights[person * slots + k] > 0 ? 1 : 0;
        }
        int[] detected = new int[count];
        int next = 0;
        for (int k = 0; k < slots; k++) {
            if (weights[person * slots + k] > 0) {
                detected[next++] = k;
            }
        }
        return detected;
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

    private void fill(int person, int k, float[] rowX, float[] rowY) {
        int joints = batch.joints();
        int count = batch.shapes();
        float[] world = kinematics.worldRotations();
        for (int j = 0; j < joints; j++) {
            int lever = 3 * (k * joints + j);
            float lx = levers[lever];
            float ly = levers[lever + 1];
            float lz = levers[lever + 2];
            if (lx != 0 || ly != 0 || lz != 0) {
                // p . (a x l) = a . (l x p) for every axis a of the joint.
                turn(world, 9 * j, j == 0, lx, ly, lz, projection, 0, rowX, 3 * j);
                turn(world, 9 * j, j == 0, lx, ly, lz, projection, 3, rowY, 3 * j);
            }
        }
        for (int s = 0; s < count; s++) {
            for (int i = 0; i < 3; i++) {
                direction[i] = shapes[(3 * k + i) * count + s];
            }
            put(3 * joints + s, rowX, rowY);
        }
        int camera = 3 * joints + count;
        for (int axis = 0; axis < 2; axis++) {
            direction[0] = axis == 0 ? variables.sidewaysMetres() : 0;
            direction[1] = axis == 1 ? variables.sidewaysMetres() : 0;
            direction[2] = 0;
            put(camera + axis, rowX, rowY);
        }
        System.arraycopy(variables.translation(), 0, direction, 0, 3);
        put(camera + 2, rowX, rowY);
        float[] scales = batch.scales();
        int from = person * batch.variables();
        for (int i = 0; i < rowX.length; i++) {
            rowX[i] *= scales[from + i];
            rowY[i] *= scales[from + i];
        }
    }

    /** The root turns about the camera's axes, every other joint about its own. */
    private static void turn(
            float[] world,
            int frame,
            boolean isRoot,
            float lx,
            float ly,
            float lz,
            float[] projection,
            int from,
            float[] row,
            int to) {
        float cx = ly * projection[from + 2] - lz * projection[from + 1];
        float cy = lz * projection[from] - lx * projection[from + 2];
        float cz = lx * projection[from + 1] - ly * projection[from];
        if (isRoot) {
            row[to] = cx;
            row[to + 1] = cy;
            row[to + 2] = cz;
        } else {
            for (int i = 0; i < 3; i++) {
                row[to + i] = world[frame + i] * cx + world[frame + 3 + i] * cy + world[frame + 6 + i] * cz;
            }
        }
    }

    private void put(int variable, float[] rowX, float[] rowY) {
        rowX[variable] = projection[0] * direction[0] + projection[1] * direction[1] + projection[2] * direction[2];
        rowY[variable] = projection[3] * direction[0] + projection[4] * direction[1] + projection[5] * direction[2];
    }
}
