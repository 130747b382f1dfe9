package dev.secant.problems.body;

import dev.secant.fit.KeypointCatalogue;

/**
 * How synthetic people are seen.
 *
 * @param augmentPoses whether poses are mirrored, mixed (legs of one frame, trunk and arms of another) and shaken
 * @param mixProbability chance that a pose is mixed
 * @param shakeRadians deviation of the noise on each joint's axis-angle, given to every second pose
 * @param missingKeypoint chance that a keypoint is missing
 * @param missingGroup chance that a group is missing: a forearm, a leg below the knee, an eye with its ear
 * @param missingHalf chance that all below the hips is missing, and the same for the feet alone
 * @param outlier chance that a keypoint lies anywhere within 15 percent of the person's size
 */
public record SamplingProtocol(
        boolean augmentPoses,
        double mixProbability,
        double shakeRadians,
        double missingKeypoint,
        double missingGroup,
        double missingHalf,
        double outlier) {

    /** The validation protocol V1: frames as recorded, 8 percent of the keypoints and 8 percent of the groups missing. */
    public static final SamplingProtocol VALIDATION = new SamplingProtocol(false, 0, 0, 0.08, 0.08, 0, 0);

    /** What the shipped checkpoint was trained on: V1 with more poses, whole missing halves and a few outliers. */
    public static final SamplingProtocol TRAINING = new SamplingProtocol(true, 0.25, 0.05, 0.08, 0.08, 0.08, 0.004);

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
