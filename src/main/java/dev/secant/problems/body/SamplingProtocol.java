package dev.secant.problems.body;

import dev.secant.fit.KeypointCatalogue;

/**
 * How synthetic people are drawn.
 *
 * @param poses where poses come from
 * @param view how cameras are turned
 * @param detector what a keypoint detector does to what they see
 */
public record SamplingProtocol(Poses poses, View view, Detector detector) {

    /**
     * Where poses come from: frames of motion, changed or not.
     *
     * @param augment whether poses are mirrored, mixed, interpolated and shaken
     * @param mixProbability chance that a pose has the legs of one frame, trunk and arms of another
     * @param interpolationProbability chance that each joint of a pose lies up to half the way to that of another frame, all at the
     *     same fraction, along the geodesic of rotations
     * @param shakeRadians deviation of the noise on each joint's axis-angle, given to every second pose
     */
    public record Poses(boolean augment, double mixProbability, double interpolationProbability, double shakeRadians) {}

    /**
     * How cameras are turned: pitch and roll uniform within bounds, and for some people within wider ones.
     *
     * @param wideProbability chance that pitch and roll, each by itself, are drawn from the wide range
     * @param widePitch bound of the wide range, radians
     * @param wideRoll bound of the wide range, radians
     */
    public record View(double wideProbability, double widePitch, double wideRoll) {

        static final double PITCH = 0.4;
        static final double ROLL = 0.15;
    }

    /**
     * What a keypoint detector does.
     *
     * @param missingKeypoint chance that a keypoint is missing
     * @param missingGroup chance that a group is missing: a forearm, a leg below the knee, an eye with its ear
     * @param missingHalf chance that all below the hips is missing, and the same for the feet alone
     * @param missingSide chance that all of the left or all of the right is missing
     * @param outlier chance that a keypoint lies anywhere within {@code outlierRange}
     * @param outlierRange how far off, along each axis, a fraction of the person's size
     * @param exchange chance that left and right are exchanged: of all keypoints, of the arms' or of the legs'
     * @param confidences chance that a person's keypoints have confidences below 1, with noise that grows as they fall
     */
    public record Detector(
            double missingKeypoint,
            double missingGroup,
            double missingHalf,
            double missingSide,
            double outlier,
            double outlierRange,
            double exchange,
            double confidences) {

        /** The same without missing keypoints. */
        Detector complete() {
            return new Detector(0, 0, 0, 0, outlier, outlierRange, exchange, confidences);
        }
    }

    /** The validation protocol V1: frames as recorded, 8 percent of the keypoints and 8 percent of the groups missing. */
    public static final SamplingProtocol VALIDATION = new SamplingProtocol(
            new Poses(false, 0, 0, 0), new View(0, 0, 0), new Detector(0.08, 0.08, 0, 0, 0, 0, 0, 0));

    /**
     * What checkpoints are trained on: V1 with more poses, wider cameras, whole halves and sides missing, outliers, exchanged sides and
     * confidences.
     */
    public static final SamplingProtocol TRAINING = new SamplingProtocol(
            new Poses(true, 0.1, 0.2, 0.05),
            new View(0.25, 0.8, Math.PI / 4),
            new Detector(0.08, 0.08, 0.06, 0.03, 0.015, 0.4, 0.015, 0.5));

    /** The seed that the validation samples are drawn with, so that figures compare from one day to the next. */
    public static final long VALIDATION_SEED = 20_251;

    /** Which slots the protocol's detector sees: the 23 of the initialiser. */
    public static boolean[] initializerSlots() {
        boolean[] used = new boolean[KeypointCatalogue.all().size()];
        for (int slot : KeypointCatalogue.initializerSlots()) {
            used[slot] = true;
        }
        return used;
    }
}
