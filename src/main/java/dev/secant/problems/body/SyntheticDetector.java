package dev.secant.problems.body;

import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Observations;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sees keypoints of synthetic people as a detector would: with noise, outliers, and some missing, alone or by groups of the body.
 *
 * @param protocol how badly it sees
 * @param usedSlots which keypoints it sees at all
 */
record SyntheticDetector(SamplingProtocol.Detector protocol, boolean[] usedSlots) {

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
    private static final int[] LEFT_SLOTS = IntStream.range(
                    0, KeypointCatalogue.all().size())
            .filter(slot -> KeypointCatalogue.all().get(slot).name().startsWith("left_"))
            .toArray();
    private static final int[] RIGHT_SLOTS = IntStream.of(LEFT_SLOTS)
            .map(slot -> KeypointCatalogue.slot(
                    KeypointCatalogue.all().get(slot).name().replace("left_", "right_")))
            .toArray();

    /** What may be exchanged: everything, the arms, the legs. */
    private static final List<Predicate<String>> EXCHANGED = List.of(
            name -> true,
            Pattern.compile("shoulder|elbow|wrist").asPredicate(),
            Pattern.compile("hip|knee|ankle|toe|heel").asPredicate());

    private static final double LARGEST_SPREAD = 4;
    private static final int[] LEG_SLOTS = Stream.of("left_knee", "left_ankle", "right_knee", "right_ankle")
            .mapToInt(KeypointCatalogue::slot)
            .toArray();

    /** How many keypoints there are, seen or not. */
    int slots() {
        return usedSlots.length;
    }

    /** Projects, perturbs, hides and exchanges; false if too little is left to see. */
    boolean observe(BodySamples samples, int b, SplittableRandom random) {
        return observe(samples, b, hidden(random), random);
    }

    /** The same with keypoints that are surely hidden. */
    boolean observe(BodySamples samples, int b, boolean[] hidden, SplittableRandom random) {
        int slots = usedSlots.length;
        Observations observations = samples.observations();
        int pointNumbers = samples.points().length / observations.size();
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
        boolean confident = protocol.confidences() == 0 || random.nextDouble() >= protocol.confidences();
        double usual = confident ? 1 : random.nextDouble(0.5, 1);
        for (int k = 0; k < slots; k++) {
            int at = b * slots + k;
            double confidence = confident ? 1 : confidence(usual, random);
            double spread = Math.min(Math.max(usual / confidence, 1), LARGEST_SPREAD);
            for (int axis = 0; axis < 2; axis++) {
                double noise = sigma * spread * random.nextGaussian();
                observations.rays()[2 * at + axis] += (float) (size * noise);
            }
            if (random.nextDouble() < protocol.outlier()) {
                double range = protocol.outlierRange();
                observations.rays()[2 * at] += (float) (size * random.nextDouble(-range, range));
                observations.rays()[2 * at + 1] += (float) (size * random.nextDouble(-range, range));
                confidence *= confident || random.nextBoolean() ? 1 : random.nextDouble(0.2, 0.8);
            }
            observations.weights()[at] = (float) confidence;
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
        if (protocol.exchange() > 0 && random.nextDouble() < protocol.exchange()) {
            exchange(observations, b * slots, EXCHANGED.get(random.nextInt(EXCHANGED.size())));
        }
        observations.measureBox(b, slots);
        return true;
    }

    /** Draws which keypoints a frame has hidden by groups. */
    boolean[] hidden(SplittableRandom random) {
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
        if (protocol.missingSide() > 0 && random.nextDouble() < protocol.missingSide()) {
            hide(hidden, random.nextBoolean() ? LEFT_SLOTS : RIGHT_SLOTS);
        }
        return hidden;
    }

    /** Around a person's usual one; one keypoint in ten is far less certain. */
    private static double confidence(double usual, SplittableRandom random) {
        double confidence =
                random.nextDouble() < 0.1 ? random.nextDouble(0.05, 0.5) : usual + 0.1 * random.nextGaussian();
        return Math.min(Math.max(confidence, 0.05), 1);
    }

    /** Exchanges left and right of the keypoints whose name (of the left one) is chosen. */
    static void exchange(Observations observations, int from, Predicate<String> chosen) {
        for (int i = 0; i < LEFT_SLOTS.length; i++) {
            if (chosen.test(KeypointCatalogue.all().get(LEFT_SLOTS[i]).name())) {
                swap(observations.rays(), 2 * (from + LEFT_SLOTS[i]), 2 * (from + RIGHT_SLOTS[i]), 2);
                swap(observations.weights(), from + LEFT_SLOTS[i], from + RIGHT_SLOTS[i], 1);
            }
        }
    }

    private static void swap(float[] values, int a, int b, int length) {
        for (int i = 0; i < length; i++) {
            float kept = values[a + i];
            values[a + i] = values[b + i];
            values[b + i] = kept;
        }
    }

    private static void hide(boolean[] hidden, int[] slots) {
        for (int slot : slots) {
            hidden[slot] = true;
        }
    }
}
