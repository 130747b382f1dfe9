package dev.secant.body.procedural;

import dev.secant.body.SmplJoint;

/**
 * How far a point of the mean body belongs to each joint: smooth steps across a plane at every joint, multiplied down the
 * tree, so that the 24 numbers are non-negative, sum to 1 and bend each joint over a chosen width.
 */
final class SkinWeightField {

    private SkinWeightField() {}

    /**
     * For skinning: bends at the joint.
     *
     * @param p on or near the mean surface, floor at y = 0
     * @return {@code [24]}
     */
    static double[] at(double[] p) {
        return at(p, 0.995, 1.140);
    }

    /** For shaping: the abdomen begins at the crest of the hip bone, below the joint it bends about. */
    static double[] ofShape(double[] p) {
        return at(p, 0.920, 1.050);
    }

    private static double[] at(double[] p, double abdomenLow, double abdomenHigh) {
        double[] w = new double[SmplJoint.count()];
        double x = p[0];
        double y = p[1];
        double z = p[2];
        double leftLeg = leg(x, y) * ramp(x, -0.012, 0.012);
        double rightLeg = leg(-x, y) * ramp(-x, -0.012, 0.012);
        double spine1 = ramp(y, abdomenLow, abdomenHigh) * (1 - leftLeg - rightLeg);
        double spine2 = spine1 * ramp(y, 1.120, 1.260);
        double spine3 = spine2 * ramp(y, 1.190, 1.310);
        double neck = spine3 * neck(x, y, z);
        double head = neck * ramp((y - 1.505 + 0.9 * z) / 1.345, -0.030, 0.030);

        spine1 = leaveArms(w, x, y, new double[] {spine1, spine2, spine3, neck});
        w[SmplJoint.PELVIS.index()] = 1 - leftLeg - rightLeg - spine1;
        w[SmplJoint.NECK.index()] = neck - head;
        w[SmplJoint.HEAD.index()] = head;
        legChain(w, leftLeg, p, SmplJoint.LEFT_HIP, SmplJoint.LEFT_KNEE, SmplJoint.LEFT_ANKLE, SmplJoint.LEFT_FOOT);
        double[] mirrored = {-x, y, z};
        legChain(
                w,
                rightLeg,
                mirrored,
                SmplJoint.RIGHT_HIP,
                SmplJoint.RIGHT_KNEE,
                SmplJoint.RIGHT_ANKLE,
                SmplJoint.RIGHT_FOOT);
        return w;
    }

    /** Splits the trunk's chain, arms taken out first; returns what the whole chain above the pelvis holds. */
    private static double leaveArms(double[] w, double x, double y, double[] chain) {
        double trunk = 1 - chain[3];
        double left = trunk * shoulderGirdle(x, y);
        double right = trunk * shoulderGirdle(-x, y);
        armChain(
                w,
                left,
                trunk * shoulder(x, y),
                x,
                SmplJoint.LEFT_COLLAR,
                SmplJoint.LEFT_SHOULDER,
                SmplJoint.LEFT_ELBOW,
                SmplJoint.LEFT_WRIST,
                SmplJoint.LEFT_HAND);
        armChain(
                w,
                right,
                trunk * shoulder(-x, y),
                -x,
                SmplJoint.RIGHT_COLLAR,
                SmplJoint.RIGHT_SHOULDER,
                SmplJoint.RIGHT_ELBOW,
                SmplJoint.RIGHT_WRIST,
                SmplJoint.RIGHT_HAND);
        double remaining = trunk == 0 ? 0 : (trunk - left - right) / trunk;
        double spine1 = (chain[0] - chain[3]) * remaining;
        double spine2 = (chain[1] - chain[3]) * remaining;
        double spine3 = (chain[2] - chain[3]) * remaining;
        w[SmplJoint.SPINE1.index()] = spine1 - spine2;
        w[SmplJoint.SPINE2.index()] = spine2 - spine3;
        w[SmplJoint.SPINE3.index()] = spine3;
        return spine1 + left + right + chain[3];
    }

    private static void armChain(double[] w, double girdle, double arm, double x, SmplJoint... joints) {
        double elbow = arm * ramp(x, 0.393, 0.483);
        double wrist = arm * ramp(x, 0.661, 0.715);
        double hand = arm * ramp(x, 0.748, 0.792);
        w[joints[0].index()] = girdle - arm;
        w[joints[1].index()] = arm - elbow;
        w[joints[2].index()] = elbow - wrist;
        w[joints[3].index()] = wrist - hand;
        w[joints[4].index()] = hand;
    }

    private static void legChain(double[] w, double leg, double[] p, SmplJoint... joints) {
        double knee = leg * (1 - ramp(p[1], 0.412, 0.528));
        double ankleHeight = 0.082 + 0.25 * (p[2] - MeanSkeleton.LEFT_ANKLE_ON_FLOOR[2]);
        double ankle = leg * (1 - ramp(p[1] - ankleHeight, -0.032, 0.032));
        double forward = StrictMath.sin(Anatomy.FOOT_YAW) * (p[0] - MeanSkeleton.LEFT_ANKLE_ON_FLOOR[0])
                + StrictMath.cos(Anatomy.FOOT_YAW) * (p[2] - MeanSkeleton.LEFT_ANKLE_ON_FLOOR[2]);
        double toes = ankle * ramp(forward, 0.107, 0.155);
        w[joints[0].index()] = leg - knee;
        w[joints[1].index()] = knee - ankle;
        w[joints[2].index()] = ankle - toes;
        w[joints[3].index()] = toes;
    }

    /** Below the crease from the crotch up to the crest of the hip. */
    private static double leg(double x, double y) {
        return ramp((0.81 + 0.78 * Math.max(0, Math.min(x, 0.20)) - y) / 1.27, -0.070, 0.070);
    }

    /** Above a plane from the notch of the breastbone up to the seventh vertebra; not out on the shoulders. */
    private static double neck(double x, double y, double z) {
        return ramp((y - 1.425 + 0.6 * (z + 0.03)) / 1.166, -0.038, 0.038) * (1 - ramp(Math.abs(x), 0.060, 0.115));
    }

    /** Collar and arm together: the top outer corner of the chest, and everything beyond the shoulder. */
    private static double shoulderGirdle(double x, double y) {
        double corner = ramp(x, 0.010, 0.135) * ramp(y, 1.245, 1.375);
        double arm = shoulder(x, y);
        return arm + (1 - arm) * corner;
    }

    private static double shoulder(double x, double y) {
        double beyond = ramp(x - 0.163 + 0.15 * (y - 1.368), -0.058, 0.058);
        double aboveArmpit = ramp(y, 1.245, 1.320);
        double clearOfChest = ramp(x, 0.185, 0.230);
        return beyond * Math.max(aboveArmpit, clearOfChest);
    }

    static double ramp(double x, double low, double high) {
        double t = Math.max(0, Math.min(1, (x - low) / (high - low)));
        return t * t * (3 - 2 * t);
    }
}
