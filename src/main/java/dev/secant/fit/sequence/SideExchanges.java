package dev.secant.fit.sequence;

import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Observations;
import java.util.List;

/**
 * Finds frames in which a detector took left for right, and exchanges them back.
 *
 * <p>Upper and lower body are judged apart. Of the two ways to read each frame, Viterbi's algorithm takes those with the shortest paths
 * of the keypoints through the image, with a cost for each frame that is exchanged: so limbs that cross in the image keep their names,
 * and where sides jump the longer stretch is believed.
 */
final class SideExchanges {

    /** Cost of an exchanged frame for each pair of keypoints that it has, in sizes of the person. */
    private static final double COST = 0.02;

    /** A keypoint that moved further counts as having moved this far, in sizes: outliers. */
    private static final double FURTHEST = 0.4;

    /** Seconds after which it is not known any more where a keypoint was. */
    private static final double MEMORY = 0.2;

    /** Below this many frames a second limbs move too far from frame to frame to be told apart by distance. */
    static final double SLOWEST = 15;

    private static final List<List<String>> HALVES = List.of(
            List.of("shoulder", "elbow", "wrist", "eye", "ear"),
            List.of("hip", "knee", "ankle", "big_toe", "small_toe", "heel"));

    private final Observations observations;
    private final int frames;
    private final int slots;
    private final int memory;
    private final double size;

    /**
     * For a sequence.
     *
     * @param observations one row a frame; exchanged in place
     * @param size of the person, in units of the rays
     */
    SideExchanges(Observations observations, double size, double framesPerSecond) {
        this.observations = observations;
        this.frames = observations.size();
        this.slots = observations.weights().length / frames;
        this.memory = (int) Math.max(1, Math.round(MEMORY * framesPerSecond));
        this.size = size;
    }

    /** Exchanges what is the wrong way round; returns which frames had that, {@code [T]}. */
    boolean[] undo() {
        boolean[] exchanged = new boolean[frames];
        for (List<String> half : HALVES) {
            int[][] pairs = half.stream()
                    .map(name ->
                            new int[] {KeypointCatalogue.slot("left_" + name), KeypointCatalogue.slot("right_" + name)})
                    .toArray(int[][]::new);
            boolean[] wrong = path(pairs);
            for (int t = 0; t < frames; t++) {
                if (wrong[t]) {
                    exchanged[t] |= exchange(t, pairs);
                }
            }
        }
        return exchanged;
    }

    private boolean[] path(int[][] pairs) {
        double[] best = new double[2];
        int[][] from = new int[frames][2];
        int[] last = new int[pairs.length];
        java.util.Arrays.fill(last, -frames - memory);
        for (int t = 0; t < frames; t++) {
            double straight = 0;
            double crossed = 0;
            int seen = 0;
            for (int p = 0; p < pairs.length; p++) {
                if (both(t, pairs[p])) {
                    seen++;
                    if (t - last[p] <= memory) {
                        straight += moved(last[p], pairs[p][0], t, pairs[p][0])
                                + moved(last[p], pairs[p][1], t, pairs[p][1]);
                        crossed += moved(last[p], pairs[p][0], t, pairs[p][1])
                                + moved(last[p], pairs[p][1], t, pairs[p][0]);
                    }
                    last[p] = t;
                }
            }
            double[] next = new double[2];
            for (int state = 0; state < 2; state++) {
                double stay = best[state] + straight;
                double turn = best[1 - state] + crossed;
                from[t][state] = stay <= turn ? state : 1 - state;
                next[state] = Math.min(stay, turn) + state * COST * seen;
            }
            best = next;
        }
        boolean[] wrong = new boolean[frames];
        int state = best[1] < best[0] ? 1 : 0;
        for (int t = frames - 1; t >= 0; t--) {
            wrong[t] = state == 1;
            state = from[t][state];
        }
        return wrong;
    }

    private boolean both(int frame, int[] pair) {
        return observations.weights()[frame * slots + pair[0]] > 0
                && observations.weights()[frame * slots + pair[1]] > 0;
    }

    private double moved(int frameA, int slotA, int frameB, int slotB) {
        float[] rays = observations.rays();
        int a = 2 * (frameA * slots + slotA);
        int b = 2 * (frameB * slots + slotB);
        return Math.min(FURTHEST, Math.hypot(rays[a] - rays[b], rays[a + 1] - rays[b + 1]) / size);
    }

    private boolean exchange(int frame, int[][] pairs) {
        boolean any = false;
        for (int[] pair : pairs) {
            int a = frame * slots + pair[0];
            int b = frame * slots + pair[1];
            any |= observations.weights()[a] > 0 || observations.weights()[b] > 0;
            swap(observations.weights(), a, b);
            swap(observations.rays(), 2 * a, 2 * b);
            swap(observations.rays(), 2 * a + 1, 2 * b + 1);
        }
        return any;
    }

    private static void swap(float[] values, int a, int b) {
        float held = values[a];
        values[a] = values[b];
        values[b] = held;
    }
}
