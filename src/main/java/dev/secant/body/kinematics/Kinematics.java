package dev.secant.body.kinematics;

import dev.secant.body.Skeleton;

/**
 * Forward kinematics of a body's joints, batched, on plain arrays. B people, J joints, S betas; computed in double, handed
 * out as float. Jacobians are no business of this class.
 */
public final class Kinematics {

    private final Skeleton skeleton;

    public Kinematics(Skeleton skeleton) {
        this.skeleton = skeleton;
    }

    /**
     * A batch of posed skeletons.
     *
     * @param rest joints of the rest pose in each shape, {@code [B, J, 3]}
     * @param rotations each joint's rotation from the rest pose to the world, row-major, {@code [B, J, 9]}
     * @param joints joints in the world, {@code [B, J, 3]}
     */
    public record Posed(float[] rest, float[] rotations, float[] joints) {}

    /** J. */
    public int jointCount() {
        return skeleton.parents().length;
    }

    /**
     * Joints of the rest pose: {@code J + dJ/dbeta beta}.
     *
     * @param betas {@code [B, S]}
     * @return {@code [B, J, 3]}
     */
    public float[] restJoints(float[] betas) {
        int shapes = skeleton.shapeCount();
        int batch = rows(betas, shapes, "betas");
        float[] mean = skeleton.joints();
        float[] directions = skeleton.shapeDirections();
        float[] rest = new float[batch * mean.length];
        for (int b = 0; b < batch; b++) {
            for (int i = 0; i < mean.length; i++) {
                double sum = mean[i];
                for (int s = 0; s < shapes; s++) {
                    sum += (double) directions[i * shapes + s] * betas[b * shapes + s];
                }
                rest[b * mean.length + i] = (float) sum;
            }
        }
        return rest;
    }

    /**
     * Poses by axis-angles.
     *
     * @param betas {@code [B, S]}
     * @param pose parent-relative axis-angles in radians, the root's first, {@code [B, 3 J]}
     * @param translation metres, added to everything, {@code [B, 3]}
     */
    public Posed pose(float[] betas, float[] pose, float[] translation) {
        int batch = rows(pose, 3 * jointCount(), "pose");
        float[] local = new float[batch * jointCount() * 9];
        for (int i = 0; i < batch * jointCount(); i++) {
            double[] matrix = Rotations.matrix(pose, 3 * i);
            for (int c = 0; c < 9; c++) {
                local[9 * i + c] = (float) matrix[c];
            }
        }
        return poseByRotations(betas, local, translation);
    }

    /**
     * Poses by matrices.
     *
     * @param betas {@code [B, S]}
     * @param local parent-relative rotations, row-major, {@code [B, J, 9]}
     * @param translation metres, {@code [B, 3]}
     */
    public Posed poseByRotations(float[] betas, float[] local, float[] translation) {
        int batch = rows(local, 9 * jointCount(), "rotations");
        same(batch, rows(betas, skeleton.shapeCount(), "betas"), "betas");
        same(batch, rows(translation, 3, "translation"), "translation");
        float[] rest = restJoints(betas);
        Posed posed = new Posed(rest, new float[local.length], new float[rest.length]);
        for (int b = 0; b < batch; b++) {
            chain(b, local, translation, posed);
        }
        return posed;
    }

    private void chain(int b, float[] local, float[] translation, Posed posed) {
        int count = jointCount();
        double[] world = new double[9 * count];
        double[] at = new double[3 * count];
        for (int j = 0; j < count; j++) {
            int joint = b * count + j;
            int parent = skeleton.parents()[j];
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    double value = 0;
                    for (int k = 0; k < 3; k++) {
                        double left = parent < 0 ? (r == k ? 1 : 0) : world[9 * parent + 3 * r + k];
                        value += left * local[9 * joint + 3 * k + c];
                    }
                    world[9 * j + 3 * r + c] = value;
                    posed.rotations()[9 * joint + 3 * r + c] = (float) value;
                }
            }
            for (int r = 0; r < 3; r++) {
                double value =
                        parent < 0 ? posed.rest()[3 * joint + r] + (double) translation[3 * b + r] : at[3 * parent + r];
                for (int k = 0; parent >= 0 && k < 3; k++) {
                    double bone = posed.rest()[3 * joint + k] - (double) posed.rest()[3 * (b * count + parent) + k];
                    value += world[9 * parent + 3 * r + k] * bone;
                }
                at[3 * j + r] = value;
                posed.joints()[3 * joint + r] = (float) value;
            }
        }
    }

    static int rows(float[] values, int width, String name) {
        if (values.length == 0 || values.length % width != 0) {
            throw new IllegalArgumentException(
                    "The %s have %d values; expected a multiple of %d.".formatted(name, values.length, width));
        }
        return values.length / width;
    }

    private static void same(int batch, int rows, String name) {
        if (rows != batch) {
            throw new IllegalArgumentException("The %s have %d rows; expected %d.".formatted(name, rows, batch));
        }
    }
}
