package dev.secant.fit.sequence;

import dev.secant.fit.FitEnergy;
import dev.secant.fit.Observations;

/**
 * Smooths the path of each keypoint through the image and fills its short gaps, robustly, for the initializer: it is the more certain the
 * more keypoints it sees. What is filled in has the lower confidence of its neighbours. The energy does not see what is filled in.
 */
final class TrackCompletion {

    /** A keypoint is filled in where it was seen within so many seconds before and after. */
    private static final double REACH = 0.35;

    /** Residuals much above this many deviations are outliers. */
    private static final double OUTLIER = 4;

    /** An observation with less weight than this share of its own is one. */
    private static final double REJECTED = 0.25;

    private static final int ROUNDS = 4;

    private final Observations observations;
    private final double size;
    private final int frames;
    private final int slots;
    private final int reach;
    private final double acceleration;
    private final ScalarSmoother smoother;

    /**
     * For a sequence.
     *
     * @param observations one row a frame
     * @param size of the person, in units of the rays
     * @param deviation of a keypoint's second difference at this frame rate, in sizes
     */
    TrackCompletion(Observations observations, double size, double deviation, double framesPerSecond) {
        this.observations = observations;
        this.size = size;
        this.frames = observations.size();
        this.slots = observations.weights().length / frames;
        this.reach = (int) Math.round(REACH * framesPerSecond);
        this.acceleration = 1 / (deviation * size * deviation * size);
        this.smoother = new ScalarSmoother(frames);
    }

    /**
     * The completed keypoints of the frames where anybody was seen; the others' stay empty.
     *
     * @param observed which those are, {@code [T]}
     */
    Observations complete(boolean[] observed) {
        Observations completed = new Observations(
                new float[observations.rays().length],
                new float[observations.weights().length],
                observations.boxes().clone());
        for (int k = 0; k < slots; k++) {
            complete(k, observed, completed);
        }
        for (int t = 0; t < frames; t++) {
            if (observed[t]) {
                completed.measureBox(t, slots);
            }
        }
        return completed;
    }

    private void complete(int slot, boolean[] observed, Observations completed) {
        double[] precision = new double[frames];
        double unit = FitEnergy.NOISE * size;
        int seen = 0;
        for (int t = 0; t < frames; t++) {
            precision[t] = observations.weights()[t * slots + slot] / (unit * unit);
            seen += precision[t] > 0 ? 1 : 0;
        }
        if (seen == 0) {
            return;
        }
        double[] robust = precision.clone();
        double[] path = new double[2 * frames];
        for (int round = 0; round < ROUNDS; round++) {
            smooth(slot, robust, path);
            for (int t = 0; t < frames; t++) {
                double q = squared(slot, t, path) / (unit * unit * OUTLIER * OUTLIER);
                robust[t] = precision[t] / ((1 + q) * (1 + q));
            }
        }
        int[] before = nearest(precision, robust, false);
        int[] after = nearest(precision, robust, true);
        for (int t = 0; t < frames; t++) {
            if (observed[t] && before[t] >= 0 && after[t] >= 0 && Math.max(t - before[t], after[t] - t) <= reach) {
                int at = t * slots + slot;
                completed.rays()[2 * at] = (float) path[2 * t];
                completed.rays()[2 * at + 1] = (float) path[2 * t + 1];
                completed.weights()[at] = Math.min(weight(before[t], slot), weight(after[t], slot));
            }
        }
    }

    private float weight(int frame, int slot) {
        return observations.weights()[frame * slots + slot];
    }

    private void smooth(int slot, double[] precision, double[] path) {
        for (int t = 0; t < frames; t++) {
            int at = 2 * (t * slots + slot);
            path[2 * t] = precision[t] * observations.rays()[at];
            path[2 * t + 1] = precision[t] * observations.rays()[at + 1];
        }
        smoother.factor(precision, acceleration, 1e-3 * acceleration);
        smoother.solve(path, 2);
    }

    private double squared(int slot, int t, double[] path) {
        int at = 2 * (t * slots + slot);
        double dx = path[2 * t] - observations.rays()[at];
        double dy = path[2 * t + 1] - observations.rays()[at + 1];
        return dx * dx + dy * dy;
    }

    /** The nearest frame with a good observation in one direction, this frame included; -1 where there is none. */
    private int[] nearest(double[] precision, double[] robust, boolean backwards) {
        int[] nearest = new int[frames];
        int last = -1;
        for (int i = 0; i < frames; i++) {
            int t = backwards ? frames - 1 - i : i;
            if (precision[t] > 0 && robust[t] >= REJECTED * precision[t]) {
                last = t;
            }
            nearest[t] = last;
        }
        return nearest;
    }
}
