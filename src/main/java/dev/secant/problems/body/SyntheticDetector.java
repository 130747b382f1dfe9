package dev.secant.problems.body;

import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Observations;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Sees keypoints of synthetic people as a detector would: with noise, outliers, and some missing, alone or by groups of the body.
 *
 * @param protocol how badly it sees
 * @param usedSlots which keypoints it sees at all
 */
record SyntheticDetector(SamplingProtocol protocol, boolean[] usedSlots) {

    /** Fewer make no person. */
    private static final int LEAST_SEEN = 4;

    private static final List<List<String>> GROUPS = List.of(
            List.of("right_elbow", "right_wrist"),
            List.of("left_elbow", "left_wrist"),
            List.of("right_knee", "right_ankle", "right_big_toe", "right_small_toe", "right_heel"),
            List.of("left_knee", "left_ankle", "left_big_toe", "left_small_toe", "left_heel"),
            List.of("right_eye", "right_ear"),
            List.of("left_eye", "left_ear"));
    private static final int[][] GROUP_SLOTS = GROUPS.stream()
            .map(names -> names.stream().mapToInt(KeypointCatalogue::slot).toArray())
            .toArray(int[][]::new);
    private static final int[] FOOT_SLOTS = Stream.of(
                    "left_big_toe", "left_small_toe", "left_heel", "right_big_toe", "right_small_toe", "right_heel")
            .mapToInt(KeypointCatalogue::slot)
            .toArray();
    private static final int[] LEG_SLOTS = Stream.of("left_knee", "left_ankle", "right_knee", "right_ankle")
            .mapToInt(KeypointCatalogue::slot)
            .toArray();

    /** How many keypoints there are, seen or not. */
    int slots() {
        return usedSlots.length;
    }

    /** Projects, perturbs and hides; false if too little is left to see. */
    boolean observe(BodySamples samples, int b, SplittableRandom random) {
        int slots = usedSlots.length;
        Observations observations = samples.observations();
        int pointNumbers = samples.points().length / observations.size();
        boolean[] hidden = hidden(random);
        double sigma = random.nextDouble(0.004, 0.016);
        for (int k = 0; k < slots; k++) {
            int at = b * slots + k;
            int point = b * pointNumbers + 3 * k;
            float z = samples.points()[point + 2] + samples.translations()[3 * b + 2];
            observations.rays()[2 * at] = (samples.points()[point] + samples.translations()[3 * b]) / z;
            observations.rays()[2 * at + 1] = (samples.points()[point + 1] + samples.translations()[3 * b + 1]) / z;
            observations.weights()[at] = 1;
        }
        observations.measureBox(b, slots);
        double size = observations.boxes()[3 * b + 2];
        int seen = 0;
        for (int k = 0; k < slots; k++) {
            int at = b * slots + k;
            for (int axis = 0; axis < 2; axis++) {
                double noise = sigma * random.nextGaussian();
                observations.rays()[2 * at + axis] += (float) (size * noise);
            }
            if (random.nextDouble() < protocol.outlier()) {
                observations.rays()[2 * at] += (float) (size * random.nextDouble(-0.15, 0.15));
                observations.rays()[2 * at + 1] += (float) (size * random.nextDouble(-0.15, 0.15));
            }
            if (!usedSlots[k] || hidden[k] || random.nextDouble() < protocol.missingKeypoint()) {
                observations.rays()[2 * at] = 0;
                observations.rays()[2 * at + 1] = 0;
                observations.weights()[at] = 0;
            } else {
                seen++;
            }
        }
        if (seen < LEAST_SEEN) {
            return false;
        }
        observations.measureBox(b, slots);
        return true;
    }

    private boolean[] hidden(SplittableRandom random) {
        boolean[] hidden = new boolean[usedSlots.length];
        for (int[] group : GROUP_SLOTS) {
            if (random.nextDouble() < protocol.missingGroup()) {
                hide(hidden, group);
            }
        }
        if (random.nextDouble() < protocol.missingHalf()) {
            hide(hidden, FOOT_SLOTS);
            hide(hidden, LEG_SLOTS);
        }
        if (random.nextDouble() < protocol.missingHalf()) {
            hide(hidden, FOOT_SLOTS);
        }
        return hidden;
    }

    private static void hide(boolean[] hidden, int[] slots) {
        for (int slot : slots) {
            hidden[slot] = true;
        }
    }
}
