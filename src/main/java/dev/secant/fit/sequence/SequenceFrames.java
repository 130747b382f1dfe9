package dev.secant.fit.sequence;

import dev.secant.fit.FitBatch;

/**
 * The frames of a sequence with the initial estimate of each.
 *
 * @param guess one row a frame: what was observed (confidence 0 where nothing), the initial estimate and its predicted deviations; a
 *     row without observation has no meaning but its box
 * @param observed where there is an observation, {@code [T]}
 * @param framesPerSecond frame rate
 */
record SequenceFrames(FitBatch guess, boolean[] observed, double framesPerSecond) {

    /** T. */
    int count() {
        return observed.length;
    }

    /** n, as in {@link FitBatch}. */
    int variables() {
        return guess.variables();
    }

    /** The place of the first beta among the variables. */
    int firstBeta() {
        return 3 * guess.joints();
    }

    /** The place of the translation among the variables. */
    int camera() {
        return firstBeta() + guess.shapes();
    }

    /** The size of the person in a frame, in units of the rays. */
    double size(int frame) {
        return guess.observations().boxes()[3 * frame + 2];
    }
}
