package dev.secant.fit.learned;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.Rotations;
import dev.secant.tensor.Tensors;
import java.util.EnumMap;
import java.util.Map;

/**
 * Rotations of one body's limbs, for a body whose limbs point elsewhere at rest: thighs, shanks, upper arms and forearms are turned the
 * shortest way so that they point where the first body's would ({@code R'_j = Q_parent^T R_j Q_j} for parent-relative rotations, with
 * Q_j taking the one's bone to the other's). Of the spine the bodies have joints in different places: it stays as it is.
 */
final class LimbTurns {

    /** Joints at the upper end of a limb's bone, with the joint at its lower end. */
    private static final Map<SmplJoint, SmplJoint> BONES = new EnumMap<>(Map.of(
            SmplJoint.LEFT_HIP, SmplJoint.LEFT_KNEE,
            SmplJoint.RIGHT_HIP, SmplJoint.RIGHT_KNEE,
            SmplJoint.LEFT_KNEE, SmplJoint.LEFT_ANKLE,
            SmplJoint.RIGHT_KNEE, SmplJoint.RIGHT_ANKLE,
            SmplJoint.LEFT_SHOULDER, SmplJoint.LEFT_ELBOW,
            SmplJoint.RIGHT_SHOULDER, SmplJoint.RIGHT_ELBOW,
            SmplJoint.LEFT_ELBOW, SmplJoint.LEFT_WRIST,
            SmplJoint.RIGHT_ELBOW, SmplJoint.RIGHT_WRIST));

    private static final int MATRIX = 9;

    /** Q_parent^T and Q of every joint, {@code [J, 3, 3]}. */
    private final float[] before;

    private final float[] after;

    LimbTurns(BodyModel from, BodyModel to) {
        int joints = SmplJoint.count();
        before = new float[MATRIX * joints];
        after = new float[MATRIX * joints];
        for (int j = 0; j < joints; j++) {
            double[] turn = turn(SmplJoint.at(j), from, to);
            int parent = SmplJoint.parents()[j];
            double[] parents =
                    parent < 0 ? new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1} : turn(SmplJoint.at(parent), from, to);
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    after[MATRIX * j + 3 * row + column] = (float) turn[3 * row + column];
                    before[MATRIX * j + 3 * row + column] = (float) parents[3 * column + row];
                }
            }
        }
    }

    /** Q: the shortest turn that takes the second body's bone to the first's; the identity where there is none. */
    private static double[] turn(SmplJoint joint, BodyModel from, BodyModel to) {
        SmplJoint end = BONES.get(joint);
        if (end == null) {
            return Rotations.matrix(0, 0, 0);
        }
        double[] a = direction(to, joint, end);
        double[] b = direction(from, joint, end);
        double[] axis = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
        double sine = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
        double angle = Math.atan2(sine, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
        double scale = sine == 0 ? 0 : angle / sine;
        return Rotations.matrix(scale * axis[0], scale * axis[1], scale * axis[2]);
    }

    /** Of length 1, in the mean shape. */
    private static double[] direction(BodyModel body, SmplJoint start, SmplJoint end) {
        float[] joints = body.skeleton().joints();
        double[] direction = new double[3];
        double squared = 0;
        for (int c = 0; c < 3; c++) {
            direction[c] = joints[3 * end.index() + c] - (double) joints[3 * start.index() + c];
            squared += direction[c] * direction[c];
        }
        for (int c = 0; c < 3; c++) {
            direction[c] /= Math.sqrt(squared);
        }
        return direction;
    }

    /** Parent-relative rotations for the other body, {@code [B, J, 3, 3]}. */
    float[] of(float[] rotations) {
        float[] turned = new float[rotations.length];
        float[] half = new float[MATRIX];
        for (int at = 0; at < rotations.length; at += MATRIX) {
            int joint = at % before.length;
            Rotations.multiply(before, joint, rotations, at, half, 0);
            Rotations.multiply(half, 0, after, joint, turned, at);
        }
        return turned;
    }

    /** The same on tensors, joint first, {@code [J, B, 3, 3]}. */
    NDArray of(NDArray rotations) {
        Shape shape = new Shape(before.length / MATRIX, 1, 3, 3);
        return Tensors.of(rotations.getManager(), before, shape)
                .matMul(rotations)
                .matMul(Tensors.of(rotations.getManager(), after, shape));
    }
}
