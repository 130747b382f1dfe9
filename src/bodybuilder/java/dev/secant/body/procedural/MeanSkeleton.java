package dev.secant.body.procedural;

import dev.secant.body.SmplJoint;

/**
 * Rest joints of the mean adult, floor at y = 0, metres. Heights follow ANSUR II's pooled landmarks (lateral malleolus
 * 0.068, mid-patella 0.469, trochanterion 0.873, cervicale 1.457, acromion 1.388, tragion 1.564, stature 1.692) and
 * its segment lengths (acromion-radiale, radiale-stylion, span); joint centres lie inside of those skin landmarks, and the
 * subdivision of the spine and the collar follow SMPL's, so that SMPL poses mean the same here.
 */
final class MeanSkeleton {

    /** Height of the pelvis joint above the floor: what is subtracted so that the pelvis is the origin. */
    static final double PELVIS_HEIGHT = 0.965;

    static final double[] LEFT_ANKLE_ON_FLOOR = {0.150, 0, -0.035};

    private static final double[][] CENTRE_AND_LEFT = {
        {0.000, PELVIS_HEIGHT, 0.000},
        {0.090, 0.885, -0.004},
        {0.000, 1.068, -0.020},
        {0.129, 0.470, 0.000},
        {0.000, 1.195, -0.018},
        {0.150, 0.072, -0.035},
        {0.000, 1.252, -0.010},
        {0.168, 0.022, 0.095},
        {0.000, 1.450, -0.030},
        {0.076, 1.350, -0.018},
        {0.000, 1.524, -0.002},
        {0.170, 1.368, -0.023},
        {0.438, 1.364, -0.030},
        {0.688, 1.364, -0.026},
        {0.770, 1.361, -0.024},
    };
    private static final SmplJoint[] ORDER = {
        SmplJoint.PELVIS,
        SmplJoint.LEFT_HIP,
        SmplJoint.SPINE1,
        SmplJoint.LEFT_KNEE,
        SmplJoint.SPINE2,
        SmplJoint.LEFT_ANKLE,
        SmplJoint.SPINE3,
        SmplJoint.LEFT_FOOT,
        SmplJoint.NECK,
        SmplJoint.LEFT_COLLAR,
        SmplJoint.HEAD,
        SmplJoint.LEFT_SHOULDER,
        SmplJoint.LEFT_ELBOW,
        SmplJoint.LEFT_WRIST,
        SmplJoint.LEFT_HAND,
    };

    private MeanSkeleton() {}

    /** {@code [24][3]}. */
    static double[][] joints() {
        double[][] joints = new double[SmplJoint.count()][];
        for (int i = 0; i < ORDER.length; i++) {
            double[] at = CENTRE_AND_LEFT[i];
            joints[ORDER[i].index()] = at.clone();
            joints[ORDER[i].mirrored().index()] = new double[] {-at[0] + 0.0, at[1], at[2]};
        }
        return joints;
    }
}
