package dev.secant.problems.body;

import dev.secant.body.Skeleton;
import dev.secant.fit.Observations;
import dev.secant.fit.Upright;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * B synthetic people seen by cameras, with what is true of them.
 *
 * <p>Points are those of the sampler's rig in camera space without translation.
 *
 * @param rotations parent-relative, the root in camera space, {@code [B, J, 3, 3]}
 * @param betas {@code [B, S]}
 * @param translations metres, {@code [B, 3]}
 * @param points metres, {@code [B, P, 3]}
 * @param observations the noisy keypoints
 */
public record BodySamples(
        float[] rotations, float[] betas, float[] translations, float[] points, Observations observations) {

    /** The first so many people. */
    public BodySamples first(int count) {
        return select(IntStream.range(0, count).toArray());
    }

    /** Some of the people, in the order given. */
    BodySamples select(int[] people) {
        return new BodySamples(
                rows(rotations, people),
                rows(betas, people),
                rows(translations, people),
                rows(points, people),
                observations.select(people));
    }

    /** The same people observed otherwise. */
    BodySamples withObservations(Observations others) {
        return new BodySamples(rotations, betas, translations, points, others);
    }

    /** The people and what was observed of them, turned as the fit turns them; these samples' own arrays are changed. */
    BodySamples upright(Upright upright, Skeleton skeleton) {
        if (upright.isNone()) {
            return this;
        }
        upright.turnRoots(rotations);
        // The root turns about the pelvis, so points and translations turn about it: what both add up to turns about
        // the camera.
        moveByPelvis(skeleton, -1);
        upright.turnVectors(translations);
        upright.turnVectors(points);
        moveByPelvis(skeleton, 1);
        return withObservations(upright.apply(observations));
    }

    /** Moves the points by the rest pose's pelvis and the translations by its opposite, or back. */
    void moveByPelvis(Skeleton skeleton, int sign) {
        int size = observations.size();
        int shapes = betas.length / size;
        int width = points.length / size;
        for (int b = 0; b < size; b++) {
            float[] pelvis = skeleton.rest(0, Arrays.copyOfRange(betas, b * shapes, (b + 1) * shapes));
            for (int i = 0; i < 3; i++) {
                translations[3 * b + i] -= sign * pelvis[i];
            }
            for (int i = 0; i < width; i++) {
                points[b * width + i] += sign * pelvis[i % 3];
            }
        }
    }

    private float[] rows(float[] values, int[] people) {
        int width = values.length / observations.size();
        float[] rows = new float[width * people.length];
        for (int i = 0; i < people.length; i++) {
            System.arraycopy(values, people[i] * width, rows, i * width, width);
        }
        return rows;
    }
}
