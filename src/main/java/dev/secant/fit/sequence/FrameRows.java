package dev.secant.fit.sequence;

import dev.secant.fit.FitBatch;
import dev.secant.fit.Observations;

/** Rows of the observed frames, spread over all frames of a sequence. */
final class FrameRows {

    private FrameRows() {}

    /**
     * One row for every frame; a frame without observation has confidences 0 and the box of an observed one near it.
     *
     * @param rows the frames that have one, ascending
     * @param count of all frames
     */
    static Observations spread(Observations observations, int[] rows, int count) {
        Observations all = new Observations(
                spread(observations.rays(), rows, count),
                spread(observations.weights(), rows, count),
                spread(observations.boxes(), rows, count));
        int next = 0;
        for (int t = 0; t < count; t++) {
            if (next < rows.length && rows[next] == t) {
                next++;
            } else {
                System.arraycopy(observations.boxes(), 3 * Math.min(next, rows.length - 1), all.boxes(), 3 * t, 3);
            }
        }
        return all;
    }

    /** One row for every frame; the rows of frames without an estimate are zero. */
    static FitBatch spread(FitBatch guess, int[] rows, Observations observations) {
        int count = observations.size();
        return new FitBatch(
                observations,
                spread(guess.rotations(), rows, count),
                spread(guess.betas(), rows, count),
                spread(guess.translations(), rows, count),
                spread(guess.scales(), rows, count));
    }

    private static float[] spread(float[] values, int[] rows, int count) {
        int width = values.length / rows.length;
        float[] all = new float[count * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, i * width, all, rows[i] * width, width);
        }
        return all;
    }
}
