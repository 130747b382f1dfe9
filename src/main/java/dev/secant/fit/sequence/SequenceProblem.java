package dev.secant.fit.sequence;

import dev.secant.fit.Camera;
import dev.secant.fit.KeypointLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One person in the frames of a video, seen by a camera that does not move.
 *
 * @param layout the order of the keypoints
 * @param camera the camera
 * @param framesPerSecond frame rate, above 0
 * @param frames x, y in pixels and confidence, {@code [K, 3]}; null where the person is not in the frame
 */
public record SequenceProblem(
        KeypointLayout layout, Camera camera, double framesPerSecond, List<double @Nullable []> frames) {

    public SequenceProblem {
        if (!(framesPerSecond > 0 && framesPerSecond <= 1000)) {
            throw new IllegalArgumentException("The frame rate (%s) of the sequence must be above 0 and at most 1,000."
                    .formatted(framesPerSecond));
        }
        frames = Collections.unmodifiableList(new ArrayList<>(frames));
        for (int t = 0; t < frames.size(); t++) {
            double[] keypoints = frames.get(t);
            if (keypoints != null && keypoints.length != 3 * layout.size()) {
                throw new IllegalArgumentException(
                        "The layout (%s) has %d numbers of keypoints, but the frame (%d) has %d."
                                .formatted(layout.id(), 3 * layout.size(), t, keypoints.length));
            }
        }
    }

    /** How many frames have a detected keypoint. */
    public int observed() {
        return (int) frames.stream().filter(SequenceProblem::isObserved).count();
    }

    /** Whether any keypoint is detected. */
    static boolean isObserved(double @Nullable [] keypoints) {
        if (keypoints != null) {
            for (int k = 0; k < keypoints.length; k += 3) {
                if (keypoints[k + 2] > 0 && Double.isFinite(keypoints[k]) && Double.isFinite(keypoints[k + 1])) {
                    return true;
                }
            }
        }
        return false;
    }
}
