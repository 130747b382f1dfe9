package dev.secant.fit.learned;

import dev.secant.body.Skeleton;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.Upright;
import java.util.Arrays;

/**
 * What variables of a batch mean, on the JVM.
 *
 * @param size B
 * @param rotations parent-relative, {@code [B, J, 3, 3]}
 * @param betas {@code [B, S]}
 * @param translations metres, {@code [B, 3]}
 * @param points of the rig in camera space, metres, {@code [B, P, 3]}
 */
record PosedPeople(int size, float[] rotations, float[] betas, float[] translations, float[] points) {

    /**
     * These people, turned from upright back to how they were observed.
     *
     * @param skeleton of the body model
     */
    PosedPeople turnedBack(Upright upright, Skeleton skeleton) {
        if (!upright.isNone()) {
            upright.turnRootsBack(rotations);
            upright.turnTranslationsBack(translations, betas, skeleton);
            upright.turnVectorsBack(points);
        }
        return this;
    }

    /** Axis-angle by joint of a person, radians, {@code [J, 3]}. */
    float[] pose(int person) {
        int width = rotations.length / size;
        float[] pose = new float[width / 3];
        for (int j = 0; j < width / 9; j++) {
            Rotations.log(rotations, width * person + 9 * j, pose, 3 * j);
        }
        return pose;
    }

    /** {@code [S]}. */
    float[] betas(int person) {
        return row(betas, person);
    }

    /** Metres, {@code [3]}. */
    float[] translation(int person) {
        return row(translations, person);
    }

    /** Metres, {@code [P, 3]}. */
    float[] points(int person) {
        return row(points, person);
    }

    private float[] row(float[] values, int person) {
        int width = values.length / size;
        return Arrays.copyOfRange(values, person * width, (person + 1) * width);
    }
}
