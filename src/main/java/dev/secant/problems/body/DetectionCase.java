package dev.secant.problems.body;

import dev.secant.body.Skeleton;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Observations;
import dev.secant.fit.Upright;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What can be wrong with the keypoints of a person, applied to synthetic people; the same people, the same truth. */
public enum DetectionCase {
    AS_DRAWN("as drawn"),
    ROTATED_45("image rotated by 45 degrees"),
    ROTATED_90("image rotated by 90 degrees"),
    ROTATED_180("image rotated by 180 degrees"),
    LEGS_MISSING("legs missing"),
    ARMS_MISSING("arms missing"),
    HEAD_MISSING("head missing"),
    LEFT_SIDE_MISSING("left side missing"),
    WRISTS_OFF("both wrists off by 40 % of the person's size"),
    EXCHANGED("left and right exchanged"),
    CONFIDENCES("all confidences 0.3");

    private static final Pattern LEG = Pattern.compile("knee|ankle|toe|heel");
    private static final Pattern ARM = Pattern.compile("elbow|wrist");
    private static final Pattern HEAD = Pattern.compile("nose|eye|ear");
    private static final float OFF = 0.4f;
    private static final float LOW_CONFIDENCE = 0.3f;

    private final String description;

    DetectionCase(String description) {
        this.description = description;
    }

    /** In words. */
    public String description() {
        return description;
    }

    /**
     * The people with this wrong; those with no keypoint left are dropped.
     *
     * @param people observed at all slots of the initialiser or some
     * @param skeleton of the body model
     * @param seed of directions
     */
    public BodySamples apply(BodySamples people, Skeleton skeleton, long seed) {
        return switch (this) {
            case AS_DRAWN -> people;
            case ROTATED_45 -> rotated(people, skeleton, Math.PI / 4);
            case ROTATED_90 -> rotated(people, skeleton, Math.PI / 2);
            case ROTATED_180 -> rotated(people, skeleton, Math.PI);
            case LEGS_MISSING -> without(people, skeleton, LEG.asPredicate());
            case ARMS_MISSING -> without(people, skeleton, ARM.asPredicate());
            case HEAD_MISSING -> without(people, skeleton, HEAD.asPredicate());
            case LEFT_SIDE_MISSING -> without(people, skeleton, name -> name.startsWith("left_"));
            case WRISTS_OFF -> wristsOff(people, skeleton, new SplittableRandom(seed));
            case EXCHANGED -> exchanged(people);
            case CONFIDENCES -> confidences(people);
        };
    }

    private static BodySamples rotated(BodySamples people, Skeleton skeleton, double angle) {
        float cos = (float) Math.cos(angle);
        float sin = (float) Math.sin(angle);
        Observations seen = people.observations();
        BodySamples rotated = new BodySamples(
                people.rotations().clone(),
                people.betas(),
                people.translations().clone(),
                people.points().clone(),
                new Observations(
                        seen.rays().clone(), seen.weights(), seen.boxes().clone()));
        rotate(rotated.observations().rays(), 2, cos, sin);
        rotated.moveByPelvis(skeleton, -1);
        rotate(rotated.translations(), 3, cos, sin);
        rotate(rotated.points(), 3, cos, sin);
        rotated.moveByPelvis(skeleton, 1);
        int slots = seen.weights().length / seen.size();
        int width = rotated.rotations().length / seen.size();
        for (int b = 0; b < seen.size(); b++) {
            rotated.observations().measureBox(b, slots);
            for (int column = 0; column < 3; column++) {
                int at = b * width + column;
                float x = rotated.rotations()[at];
                float y = rotated.rotations()[at + 3];
                rotated.rotations()[at] = cos * x - sin * y;
                rotated.rotations()[at + 3] = sin * x + cos * y;
            }
        }
        return rotated.upright(Upright.of(rotated.observations()), skeleton);
    }

    private static void rotate(float[] vectors, int stride, float cos, float sin) {
        for (int i = 0; i < vectors.length; i += stride) {
            float x = vectors[i];
            float y = vectors[i + 1];
            vectors[i] = cos * x - sin * y;
            vectors[i + 1] = sin * x + cos * y;
        }
    }

    private static BodySamples without(BodySamples people, Skeleton skeleton, Predicate<String> missing) {
        Observations seen = copy(people.observations());
        int slots = KeypointCatalogue.all().size();
        for (int at = 0; at < seen.weights().length; at++) {
            if (missing.test(KeypointCatalogue.all().get(at % slots).name())) {
                seen.weights()[at] = 0;
                seen.rays()[2 * at] = 0;
                seen.rays()[2 * at + 1] = 0;
            }
        }
        return measured(people, skeleton, seen);
    }

    private static BodySamples wristsOff(BodySamples people, Skeleton skeleton, SplittableRandom random) {
        Observations seen = copy(people.observations());
        int slots = KeypointCatalogue.all().size();
        for (String wrist : new String[] {"left_wrist", "right_wrist"}) {
            for (int b = 0; b < seen.size(); b++) {
                int at = b * slots + KeypointCatalogue.slot(wrist);
                double direction = random.nextDouble(2 * Math.PI);
                float far = seen.weights()[at] > 0 ? OFF * seen.boxes()[3 * b + 2] : 0;
                seen.rays()[2 * at] += (float) (far * Math.cos(direction));
                seen.rays()[2 * at + 1] += (float) (far * Math.sin(direction));
            }
        }
        return measured(people, skeleton, seen);
    }

    private static BodySamples exchanged(BodySamples people) {
        Observations seen = copy(people.observations());
        int slots = KeypointCatalogue.all().size();
        for (int b = 0; b < seen.size(); b++) {
            SyntheticDetector.exchange(seen, b * slots, name -> true);
        }
        return people.withObservations(seen);
    }

    private static BodySamples confidences(BodySamples people) {
        Observations seen = copy(people.observations());
        for (int at = 0; at < seen.weights().length; at++) {
            seen.weights()[at] *= LOW_CONFIDENCE;
        }
        return people.withObservations(seen);
    }

    private static Observations copy(Observations seen) {
        return new Observations(
                seen.rays().clone(), seen.weights().clone(), seen.boxes().clone());
    }

    private static BodySamples measured(BodySamples people, Skeleton skeleton, Observations seen) {
        int slots = KeypointCatalogue.all().size();
        int[] left = IntStream.range(0, seen.size())
                .filter(b -> IntStream.range(b * slots, (b + 1) * slots).anyMatch(at -> seen.weights()[at] > 0))
                .toArray();
        for (int b : left) {
            seen.measureBox(b, slots);
        }
        BodySamples rest = people.withObservations(seen).select(left);
        return rest.upright(Upright.of(rest.observations()), skeleton);
    }
}
