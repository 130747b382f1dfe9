package dev.secant.problems.body;

import dev.secant.fit.Observations;
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
        int size = observations.size();
        return new BodySamples(
                head(rotations, count, size),
                head(betas, count, size),
                head(translations, count, size),
                head(points, count, size),
                observations.select(IntStream.range(0, count).toArray()));
    }

    /** The same people observed otherwise. */
    BodySamples withObservations(Observations others) {
        return new BodySamples(rotations, betas, translations, points, others);
    }

    private static float[] head(float[] values, int count, int size) {
        return Arrays.copyOf(values, values.length / size * count);
    }
}
