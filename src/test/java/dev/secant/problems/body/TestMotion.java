package dev.secant.problems.body;

import dev.secant.body.SmplJoint;
import dev.secant.body.io.MotionClip;
import dev.secant.body.kinematics.Rotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Motion of our own making, for tests that need some: a walk, a squat and a reach, each joint turned by a few sines. No recording is
 * in it, so it may ship; nobody moves exactly so, so it is no measure of accuracy.
 */
public final class TestMotion {

    /** Of each clip. */
    private static final int FRAMES = 60;

    private static final double FRAMES_PER_SECOND = 30;

    /** How far arms hang down from the T-pose, radians. */
    private static final double HANGING = 1.25;

    private TestMotion() {}

    /** The clips, y up. */
    public static List<MotionClip> clips() {
        return List.of(
                clip("walk", TestMotion::walk), clip("squat", TestMotion::squat), clip("reach", TestMotion::reach));
    }

    /** Every pose of every clip, {@code [J, 3]} each. */
    public static List<float[]> poses() {
        List<float[]> poses = new ArrayList<>();
        for (MotionClip clip : clips()) {
            for (int frame = 0; frame < clip.frameCount(); frame++) {
                poses.add(clip.pose(frame));
            }
        }
        return poses;
    }

    /** @param pose turns of the joints, parent-relative matrices, by the phase, 0 to 2 pi over the clip */
    private static MotionClip clip(String name, DoubleFunction<Map<SmplJoint, double[]>> pose) {
        float[] poses = new float[3 * SmplJoint.count() * FRAMES];
        float[] translations = new float[3 * FRAMES];
        for (int frame = 0; frame < FRAMES; frame++) {
            int from = frame * 3 * SmplJoint.count();
            pose.apply(2 * Math.PI * frame / FRAMES).forEach((joint, turn) -> {
                double[] vector = Rotations.axisAngle(turn);
                for (int axis = 0; axis < 3; axis++) {
                    poses[from + 3 * joint.index() + axis] = (float) vector[axis];
                }
            });
            translations[3 * frame + 1] = 0.95f;
        }
        return new MotionClip(name, poses, translations, FRAMES_PER_SECOND);
    }

    private static Map<SmplJoint, double[]> walk(double phase) {
        double stride = 0.45 * Math.sin(phase);
        return Map.ofEntries(
                Map.entry(SmplJoint.PELVIS, about(0.02, 0.1 * Math.sin(phase), 0.04 * Math.cos(phase))),
                Map.entry(SmplJoint.LEFT_HIP, about(-stride - 0.1, 0, 0)),
                Map.entry(SmplJoint.RIGHT_HIP, about(stride - 0.1, 0, 0)),
                Map.entry(SmplJoint.LEFT_KNEE, about(0.15 + 0.5 * Math.max(0, Math.cos(phase)), 0, 0)),
                Map.entry(SmplJoint.RIGHT_KNEE, about(0.15 + 0.5 * Math.max(0, -Math.cos(phase)), 0, 0)),
                Map.entry(SmplJoint.SPINE2, about(0.05, -0.1 * Math.sin(phase), 0)),
                Map.entry(SmplJoint.LEFT_SHOULDER, hanging(0.35 * Math.sin(phase), -1)),
                Map.entry(SmplJoint.RIGHT_SHOULDER, hanging(-0.35 * Math.sin(phase), 1)),
                Map.entry(SmplJoint.LEFT_ELBOW, about(0, -0.3, 0)),
                Map.entry(SmplJoint.RIGHT_ELBOW, about(0, 0.3, 0)),
                Map.entry(SmplJoint.HEAD, about(0.1 * Math.sin(2 * phase), 0.2 * Math.sin(phase), 0)));
    }

    private static Map<SmplJoint, double[]> squat(double phase) {
        double depth = 0.5 * (1 - Math.cos(phase));
        return Map.ofEntries(
                Map.entry(SmplJoint.PELVIS, about(0.5 * depth, 0, 0)),
                Map.entry(SmplJoint.LEFT_HIP, about(-1.5 * depth, 0, 0.1 * depth)),
                Map.entry(SmplJoint.RIGHT_HIP, about(-1.5 * depth, 0, -0.1 * depth)),
                Map.entry(SmplJoint.LEFT_KNEE, about(1.6 * depth, 0, 0)),
                Map.entry(SmplJoint.RIGHT_KNEE, about(1.6 * depth, 0, 0)),
                Map.entry(SmplJoint.LEFT_ANKLE, about(-0.4 * depth, 0, 0)),
                Map.entry(SmplJoint.RIGHT_ANKLE, about(-0.4 * depth, 0, 0)),
                Map.entry(SmplJoint.LEFT_SHOULDER, hanging(-1.2 * depth, -1)),
                Map.entry(SmplJoint.RIGHT_SHOULDER, hanging(-1.2 * depth, 1)),
                Map.entry(SmplJoint.LEFT_ELBOW, about(0, -0.2 - 0.4 * depth, 0)),
                Map.entry(SmplJoint.RIGHT_ELBOW, about(0, 0.2 + 0.4 * depth, 0)));
    }

    private static Map<SmplJoint, double[]> reach(double phase) {
        double left = 0.5 * (1 - Math.cos(phase));
        double right = 0.5 * (1 + Math.sin(phase));
        return Map.ofEntries(
                Map.entry(SmplJoint.PELVIS, about(0, 0.3 * Math.sin(phase), 0)),
                Map.entry(SmplJoint.SPINE1, about(0.15 * left, 0, 0.1 * Math.sin(phase))),
                Map.entry(SmplJoint.LEFT_HIP, about(-0.1, 0, 0.08)),
                Map.entry(SmplJoint.RIGHT_HIP, about(-0.15, 0, -0.08)),
                Map.entry(SmplJoint.LEFT_KNEE, about(0.15, 0, 0)),
                Map.entry(SmplJoint.RIGHT_KNEE, about(0.3, 0, 0)),
                Map.entry(SmplJoint.LEFT_SHOULDER, hanging(-2.2 * left, -1)),
                Map.entry(SmplJoint.RIGHT_SHOULDER, hanging(-2.2 * right, 1)),
                Map.entry(SmplJoint.LEFT_ELBOW, about(0, -0.9 * (1 - left), 0)),
                Map.entry(SmplJoint.RIGHT_ELBOW, about(0, 0.9 * (1 - right), 0)),
                Map.entry(SmplJoint.NECK, about(-0.2 * left, 0.2 * Math.cos(phase), 0)));
    }

    private static double[] about(double x, double y, double z) {
        return Rotations.matrix(x, y, z);
    }

    /**
     * An arm that hangs down and swings.
     *
     * @param swing about x; negative is forward
     * @param side -1 for the left arm, 1 for the right
     */
    private static double[] hanging(double swing, int side) {
        return Rotations.multiply(about(swing, 0, 0), about(0, 0, side * HANGING));
    }
}
