package dev.secant.fit.output;

import dev.secant.body.io.MotionClip;
import dev.secant.body.kinematics.Rotations;

/**
 * Poses in camera space (x right, y down, z forward) as motion in a world where y points up: everything turned half about x. The camera
 * at the origin then looks along -z, as glTF has it.
 */
final class CameraMotion {

    private static final double[] HALF_ABOUT_X = {1, 0, 0, 0, -1, 0, 0, 0, -1};

    private CameraMotion() {}

    /**
     * The motion.
     *
     * @param name of the clip
     * @param poses axis-angle by joint in camera space, {@code [T, 72]}; its root is changed in place
     * @param translations metres, in camera space, {@code [T, 3]}; changed in place
     * @param pelvis where it is at rest, metres, {@code [3]}
     */
    static MotionClip of(String name, float[] poses, float[] translations, float[] pelvis, double framesPerSecond) {
        int frames = translations.length / 3;
        int width = poses.length / frames;
        for (int t = 0; t < frames; t++) {
            double[] root = Rotations.axisAngle(Rotations.multiply(HALF_ABOUT_X, Rotations.matrix(poses, t * width)));
            for (int axis = 0; axis < 3; axis++) {
                poses[t * width + axis] = (float) root[axis];
                // The pelvis is at its rest place plus the translation, and turns with everything else.
                double place = HALF_ABOUT_X[4 * axis] * (pelvis[axis] + (double) translations[3 * t + axis]);
                translations[3 * t + axis] = (float) (place - pelvis[axis]);
            }
        }
        return new MotionClip(name, poses, translations, framesPerSecond);
    }
}
