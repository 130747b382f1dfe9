package dev.secant.problems.body;

import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.Rotations;
import java.util.SplittableRandom;

/** Draws poses from frames of motion, augmented as a protocol says. For one thread. */
final class PoseSource {

    private static final int[] LEGS = {1, 2, 4, 5, 7, 8, 10, 11};
    private final MotionLibrary motion;
    private final SamplingProtocol.Poses protocol;
    private final float[] turn = new float[9];
    private final float[] from = new float[9];
    private final float[] to = new float[9];
    private final float[] step = new float[3];

    PoseSource(MotionLibrary motion, SamplingProtocol.Poses protocol) {
        this.motion = motion;
        this.protocol = protocol;
    }

    /** Axis-angle by joint, {@code [J, 3]}; the caller's to change. */
    float[] draw(SplittableRandom random) {
        float[] pose = motion.draw(random).clone();
        if (!protocol.augment()) {
            return pose;
        }
        double kind = random.nextDouble();
        if (kind < protocol.mixProbability()) {
            mix(pose, motion.draw(random));
        } else if (kind < protocol.mixProbability() + protocol.interpolationProbability()) {
            interpolate(pose, motion.draw(random), random.nextDouble(0.5));
        }
        if (random.nextBoolean()) {
            for (int i = 3; i < pose.length; i++) {
                pose[i] += (float) (protocol.shakeRadians() * random.nextGaussian());
            }
        }
        return random.nextBoolean() ? mirrored(pose) : pose;
    }

    /** Takes all but root and legs of another pose. */
    private static void mix(float[] pose, float[] other) {
        float[] own = pose.clone();
        System.arraycopy(other, 3, pose, 3, pose.length - 3);
        for (int leg : LEGS) {
            System.arraycopy(own, 3 * leg, pose, 3 * leg, 3);
        }
    }

    /** Turns each joint but the root a fraction of the way to another pose: {@code R exp(fraction log(R' O))}. */
    private void interpolate(float[] pose, float[] other, double fraction) {
        float[] inverse = new float[9];
        for (int at = 3; at < pose.length; at += 3) {
            Rotations.exp(pose, at, from, 0);
            Rotations.exp(other, at, to, 0);
            for (int i = 0; i < 9; i++) {
                inverse[i] = from[3 * (i % 3) + i / 3];
            }
            Rotations.multiply(inverse, 0, to, 0, turn, 0);
            Rotations.log(turn, 0, step, 0);
            for (int axis = 0; axis < 3; axis++) {
                step[axis] *= (float) fraction;
            }
            Rotations.exp(step, 0, turn, 0);
            Rotations.multiply(from, 0, turn, 0, to, 0);
            Rotations.log(to, 0, pose, at);
        }
    }

    /** The pose seen in a mirror: left and right exchanged, rotations about y and z reversed. */
    static float[] mirrored(float[] pose) {
        float[] mirrored = new float[pose.length];
        for (SmplJoint joint : SmplJoint.values()) {
            String name = joint.name();
            String other = name.startsWith("LEFT") ? name.replace("LEFT", "RIGHT") : name.replace("RIGHT", "LEFT");
            int from = 3 * SmplJoint.valueOf(other).index();
            int to = 3 * joint.index();
            mirrored[to] = pose[from];
            mirrored[to + 1] = -pose[from + 1];
            mirrored[to + 2] = -pose[from + 2];
        }
        return mirrored;
    }
}
