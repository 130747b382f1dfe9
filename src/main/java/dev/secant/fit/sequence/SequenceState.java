package dev.secant.fit.sequence;

import dev.secant.fit.FitBatch;
import java.util.Arrays;

/**
 * A point among the poses, translations and the shape of a sequence, as a batch with one row a frame whose variables are those of {@link
 * TemporalTerms}.
 */
final class SequenceState {

    private SequenceState() {}

    /** A state: the batch whose unit steps are radians, betas, and {@code (x / z, y / z, log z)}. */
    static FitBatch of(SequenceFrames frames, float[] rotations, float[] betas, float[] translations) {
        int n = frames.variables();
        float[] scales = new float[frames.count() * n];
        Arrays.fill(scales, 1);
        for (int t = 0; t < frames.count(); t++) {
            scales[t * n + frames.camera()] = (float) (1 / frames.size(t));
            scales[t * n + frames.camera() + 1] = (float) (1 / frames.size(t));
        }
        return new FitBatch(frames.guess().observations(), rotations, betas, translations, scales);
    }

    /**
     * The state a step away.
     *
     * @param step {@code [T, n]}; the betas' part is the same in all frames
     * @param factor of the step
     */
    static FitBatch moved(FitBatch state, double[] step, double factor) {
        float[] u = new float[step.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) (factor * step[i]);
        }
        return state.movedTo(u);
    }
}
