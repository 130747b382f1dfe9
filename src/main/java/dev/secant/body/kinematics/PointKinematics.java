package dev.secant.body.kinematics;

import dev.secant.body.Skeleton;
import java.util.Arrays;

/**
 * Forward kinematics of a rig's points and its adjoint, for one body at a time on plain arrays, along the joint tree and
 * without allocation: a few microseconds.
 *
 * <p>The adjoint sums forces and their moments from the leaves to the root (Featherstone, "Rigid Body Dynamics Algorithms",
 * 2008): a gradient with respect to a point is a force on the joint that carries it. One instance is one workspace, for
 * one thread.
 */
public final class PointKinematics {

    private final PointRig rig;
    private final int[] parents;
    private final int joints;
    private final int shapes;
    private final int[] attachmentPoints;
    private final int[] attachmentJoints;
    private final float[] weights;
    private final float[] offsets;
    private final float[] offsetShapes;
    private final float[] bones;
    private final float[] boneShapes;

    private final float[] world;
    private final float[] place;
    private final float[] bone;
    private final float[] arm;
    private final float[] force;
    private final float[] points;

    /** A workspace for a rig. */
    public PointKinematics(PointRig rig) {
        this.rig = rig;
        Skeleton skeleton = rig.skeleton();
        parents = skeleton.parents();
        joints = parents.length;
        shapes = skeleton.shapeCount();
        attachmentPoints = rig.attachmentPoints();
        attachmentJoints = rig.attachmentJoints();
        weights = rig.weights();
        offsets = rig.offsets();
        offsetShapes = rig.offsetShapes();
        bones = relative(skeleton.joints(), 3);
        boneShapes = relative(skeleton.shapeDirections(), 3 * shapes);
        world = new float[9 * joints];
        place = new float[3 * joints];
        bone = new float[3 * joints];
        arm = new float[3 * weights.length];
        force = new float[3 * joints];
        points = new float[3 * rig.size()];
    }

    private float[] relative(float[] values, int width) {
        float[] result = values.clone();
        for (int j = 0; j < joints; j++) {
            for (int i = 0; parents[j] >= 0 && i < width; i++) {
                result[width * j + i] -= values[width * parents[j] + i];
            }
        }
        return result;
    }

    /** The rig posed here. */
    public PointRig rig() {
        return rig;
    }

    /** The posed points of the last {@link #forward}, metres, {@code [P, 3]}; overwritten by the next. */
    public float[] points() {
        return points;
    }

    /** The world rotation of each joint of the last {@link #forward}, {@code [J, 3, 3]}. */
    public float[] worldRotations() {
        return world;
    }

    /**
     * Poses the points.
     *
     * @param rotations parent-relative, {@code [J, 3, 3]}
     * @param betas {@code [S]}
     */
    public void forward(float[] rotations, float[] betas) {
        for (int i = 0; i < bone.length; i++) {
            float sum = bones[i];
            for (int s = 0; s < shapes; s++) {
                sum += boneShapes[i * shapes + s] * betas[s];
            }
            bone[i] = sum;
        }
        System.arraycopy(rotations, 0, world, 0, 9);
        System.arraycopy(bone, 0, place, 0, 3);
        for (int j = 1; j < joints; j++) {
            int parent = parents[j];
            Rotations.multiply(world, 9 * parent, rotations, 9 * j, world, 9 * j);
            for (int i = 0; i < 3; i++) {
                place[3 * j + i] = place[3 * parent + i] + dotRow(world, 9 * parent + 3 * i, bone, 3 * j);
            }
        }
        attach(betas);
    }

    private void attach(float[] betas) {
        Arrays.fill(points, 0);
        for (int a = 0; a < weights.length; a++) {
            int joint = attachmentJoints[a];
            int point = attachmentPoints[a];
            float x = offset(a, 0, betas);
            float y = offset(a, 1, betas);
            float z = offset(a, 2, betas);
            for (int i = 0; i < 3; i++) {
                int row = 9 * joint + 3 * i;
                float along = world[row] * x + world[row + 1] * y + world[row + 2] * z;
                arm[3 * a + i] = along;
                points[3 * point + i] += along + weights[a] * place[3 * joint + i];
            }
        }
    }

    private float offset(int attachment, int axis, float[] betas) {
        int index = 3 * attachment + axis;
        float sum = offsets[index];
        for (int s = 0; s < shapes; s++) {
            sum += offsetShapes[index * shapes + s] * betas[s];
        }
        return sum;
    }

    /**
     * The adjoint at the pose of the last {@link #forward}.
     *
     * @param gradient of a function with respect to the points, {@code [P, 3]}
     * @param turns receives the derivative with respect to a small turn of each joint and all it carries, about the axes of
     *     the camera or world, {@code [J, 3]}
     * @param betaGradient receives the derivative with respect to the betas, {@code [S]}
     */
    public void backward(float[] gradient, float[] turns, float[] betaGradient) {
        Arrays.fill(force, 0);
        Arrays.fill(turns, 0);
        Arrays.fill(betaGradient, 0);
        for (int a = 0; a < weights.length; a++) {
            int g = 3 * attachmentPoints[a];
            int j = attachmentJoints[a];
            float gx = gradient[g];
            float gy = gradient[g + 1];
            float gz = gradient[g + 2];
            force[3 * j] += weights[a] * gx;
            force[3 * j + 1] += weights[a] * gy;
            force[3 * j + 2] += weights[a] * gz;
            addCross(arm[3 * a], arm[3 * a + 1], arm[3 * a + 2], gx, gy, gz, turns, 3 * j);
            addShape(9 * j, gx, gy, gz, offsetShapes, 3 * a * shapes, betaGradient);
        }
        for (int j = joints - 1; j > 0; j--) {
            int parent = parents[j];
            float fx = force[3 * j];
            float fy = force[3 * j + 1];
            float fz = force[3 * j + 2];
            force[3 * parent] += fx;
            force[3 * parent + 1] += fy;
            force[3 * parent + 2] += fz;
            for (int i = 0; i < 3; i++) {
                turns[3 * parent + i] += turns[3 * j + i];
            }
            addCross(
                    place[3 * j] - place[3 * parent],
                    place[3 * j + 1] - place[3 * parent + 1],
                    place[3 * j + 2] - place[3 * parent + 2],
                    fx,
                    fy,
                    fz,
                    turns,
                    3 * parent);
            addShape(9 * parent, fx, fy, fz, boneShapes, 3 * j * shapes, betaGradient);
        }
        for (int s = 0; s < shapes; s++) {
            for (int i = 0; i < 3; i++) {
                betaGradient[s] += boneShapes[i * shapes + s] * force[i];
            }
        }
    }

    /** Adds {@code D' R' g}: a force seen from the joint's own frame, against directions {@code D [3, S]}. */
    private void addShape(int frame, float gx, float gy, float gz, float[] directions, int from, float[] out) {
        for (int i = 0; i < 3; i++) {
            float local = world[frame + i] * gx + world[frame + 3 + i] * gy + world[frame + 6 + i] * gz;
            if (local != 0) {
                int row = from + i * shapes;
                for (int s = 0; s < shapes; s++) {
                    out[s] += local * directions[row + s];
                }
            }
        }
    }

    private static void addCross(float ax, float ay, float az, float bx, float by, float bz, float[] out, int to) {
        out[to] += ay * bz - az * by;
        out[to + 1] += az * bx - ax * bz;
        out[to + 2] += ax * by - ay * bx;
    }

    private static float dotRow(float[] matrix, int row, float[] vector, int from) {
        return matrix[row] * vector[from] + matrix[row + 1] * vector[from + 1] + matrix[row + 2] * vector[from + 2];
    }

    /**
     * The levers at the pose of the last {@link #forward}: a small turn omega of joint j and all it carries moves point k by {@code
     * omega x lever[k, j]}.
     *
     * @param count how many of the first points
     * @param levers receives metres, {@code [count, J, 3]}; zero where a joint does not carry a point
     */
    public void levers(int count, float[] levers) {
        Arrays.fill(levers, 0);
        for (int a = 0; a < weights.length && attachmentPoints[a] < count; a++) {
            int joint = attachmentJoints[a];
            for (int j = joint; j >= 0; j = parents[j]) {
                int to = 3 * (attachmentPoints[a] * joints + j);
                for (int i = 0; i < 3; i++) {
                    levers[to + i] += arm[3 * a + i] + weights[a] * (place[3 * joint + i] - place[3 * j + i]);
                }
            }
        }
    }

    /**
     * The derivatives of the first points with respect to the betas at the pose of the last {@link #forward}.
     *
     * @param count how many of the first points
     * @param derivatives receives metres a unit, {@code [count, 3, S]}
     */
    public void shapeDerivatives(int count, float[] derivatives) {
        Arrays.fill(derivatives, 0);
        float[] places = new float[3 * joints * shapes];
        System.arraycopy(boneShapes, 0, places, 0, 3 * shapes);
        for (int j = 1; j < joints; j++) {
            System.arraycopy(places, 3 * parents[j] * shapes, places, 3 * j * shapes, 3 * shapes);
            addTurned(9 * parents[j], boneShapes, 3 * j * shapes, places, 3 * j * shapes);
        }
        for (int a = 0; a < weights.length && attachmentPoints[a] < count; a++) {
            int to = 3 * attachmentPoints[a] * shapes;
            int from = 3 * attachmentJoints[a] * shapes;
            for (int i = 0; i < 3 * shapes; i++) {
                derivatives[to + i] += weights[a] * places[from + i];
            }
            addTurned(9 * attachmentJoints[a], offsetShapes, 3 * a * shapes, derivatives, to);
        }
    }

    /** Adds {@code R D} for directions {@code D [3, S]}. */
    private void addTurned(int frame, float[] directions, int from, float[] out, int to) {
        for (int row = 0; row < 3; row++) {
            for (int i = 0; i < 3; i++) {
                float factor = world[frame + 3 * row + i];
                for (int s = 0; s < shapes; s++) {
                    out[to + row * shapes + s] += factor * directions[from + i * shapes + s];
                }
            }
        }
    }
}
