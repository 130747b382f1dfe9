package dev.secant.problems.body;

import dev.secant.fit.Observations;
import dev.secant.fit.Upright;
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
    BodySamples upright(Upright upright) {
        upright.turnRoots(rotations);
        upright.turnVectors(translations);
        upright.turnVectors(points);
        return withObservations(upright.apply(observations));
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
