package dev.secant.fit.sequence;

import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.FitBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a sequence's optimization starts: in each frame and for each joint the rotation that is nearest to those of the neighbouring
 * frames (their medoid), so that single frames whose estimate faces the wrong way have no say; medians for shape and translation; and
 * between observed frames the shortest way.
 */
final class SequenceStart {

    /** Seconds to both sides that are looked at. */
    private static final double NEIGHBOURHOOD = 0.12;

    private final SequenceFrames frames;
    private final FitBatch guess;
    private final int joints;
    private final int[] observed;

    SequenceStart(SequenceFrames frames) {
        this.frames = frames;
        this.guess = frames.guess();
        this.joints = guess.joints();
        List<Integer> rows = new ArrayList<>();
        for (int t = 0; t < frames.count(); t++) {
            if (frames.observed()[t]) {
                rows.add(t);
            }
        }
        this.observed = rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The state. */
    FitBatch state() {
        int count = frames.count();
        float[] rotations = new float[9 * joints * count];
        float[] translations = new float[3 * count];
        int reach = (int) Math.max(1, Math.round(NEIGHBOURHOOD * frames.framesPerSecond()));
        for (int i = 0; i < observed.length; i++) {
            int from = i;
            while (from > 0 && observed[from - 1] >= observed[i] - reach) {
                from--;
            }
            int to = i;
            while (to + 1 < observed.length && observed[to + 1] <= observed[i] + reach) {
                to++;
            }
            for (int j = 0; j < joints; j++) {
                int row = observed[medoid(from, to, j)];
                System.arraycopy(
                        guess.rotations(), 9 * (row * joints + j), rotations, 9 * (observed[i] * joints + j), 9);
            }
            translate(from, to, observed[i], translations);
        }
        fill(rotations, translations);
        return SequenceState.of(frames, rotations, betas(), translations);
    }

    /** Of the observed frames {@code from} to {@code to} the one whose rotation of a joint is nearest to all others'. */
    private int medoid(int from, int to, int joint) {
        int best = from;
        double least = Double.MAX_VALUE;
        for (int a = from; a <= to; a++) {
            double sum = 0;
            for (int b = from; b <= to; b++) {
                sum += distance(9 * (observed[a] * joints + joint), 9 * (observed[b] * joints + joint));
            }
            if (sum < least) {
                least = sum;
                best = a;
            }
        }
        return best;
    }

    /** The chordal distance of two rotations, which grows with the angle between them. */
    private double distance(int a, int b) {
        double trace = 0;
        for (int i = 0; i < 9; i++) {
            trace += (double) guess.rotations()[a + i] * guess.rotations()[b + i];
        }
        return Math.sqrt(Math.max(0, 3 - trace));
    }

    private void translate(int from, int to, int frame, float[] translations) {
        double[][] parts = new double[3][to - from + 1];
        for (int i = from; i <= to; i++) {
            int at = 3 * observed[i];
            double depth = guess.translations()[at + 2];
            parts[0][i - from] = guess.translations()[at] / depth;
            parts[1][i - from] = guess.translations()[at + 1] / depth;
            parts[2][i - from] = depth;
        }
        double depth = median(parts[2]);
        translations[3 * frame] = (float) (depth * median(parts[0]));
        translations[3 * frame + 1] = (float) (depth * median(parts[1]));
        translations[3 * frame + 2] = (float) depth;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
    }

    private float[] betas() {
        int shapes = guess.shapes();
        float[] betas = new float[shapes * frames.count()];
        double[] all = new double[observed.length];
        for (int s = 0; s < shapes; s++) {
            for (int i = 0; i < all.length; i++) {
                all[i] = guess.betas()[observed[i] * shapes + s];
            }
            float middle = (float) median(all);
            for (int t = 0; t < frames.count(); t++) {
                betas[t * shapes + s] = middle;
            }
        }
        return betas;
    }

    private void fill(float[] rotations, float[] translations) {
        int next = 0;
        for (int t = 0; t < frames.count(); t++) {
            if (next < observed.length && observed[next] == t) {
                next++;
                continue;
            }
            int before = observed[Math.max(0, next - 1)];
            int after = observed[Math.min(next, observed.length - 1)];
            double share = after > before ? (t - before) / (double) (after - before) : 0;
            share = Math.max(0, Math.min(1, share));
            for (int j = 0; j < joints; j++) {
                between(rotations, 9 * (before * joints + j), 9 * (after * joints + j), share, 9 * (t * joints + j));
            }
            for (int i = 0; i < 3; i++) {
                translations[3 * t + i] =
                        (float) ((1 - share) * translations[3 * before + i] + share * translations[3 * after + i]);
            }
        }
    }

    private static void between(float[] rotations, int a, int b, double share, int to) {
        double[] relative = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (int k = 0; k < 3; k++) {
                    relative[3 * row + column] += (double) rotations[a + 3 * k + row] * rotations[b + 3 * k + column];
                }
            }
        }
        double[] turn = Rotations.axisAngle(relative);
        float[] part = new float[9];
        Rotations.exp(
                new float[] {(float) (share * turn[0]), (float) (share * turn[1]), (float) (share * turn[2])},
                0,
                part,
                0);
        Rotations.multiply(rotations, a, part, 0, rotations, to);
    }
}
