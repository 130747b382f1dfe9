package dev.secant.fit.views;

import dev.secant.fit.FitProblem;
import dev.secant.fit.KeypointLayout;
import java.util.List;

/**
 * One person, seen by several calibrated cameras at one moment.
 *
 * @param layout the order of the keypoints
 * @param views at least one; of cameras in one world
 */
public record MultiViewProblem(KeypointLayout layout, List<View> views) {

    /**
     * What one camera saw.
     *
     * @param camera the camera
     * @param keypoints x, y in pixels and confidence, {@code [K, 3]}; confidence 0 (or less, or not finite) is not detected
     */
    public record View(CalibratedCamera camera, double[] keypoints) {

        /** Whether any keypoint was detected. */
        public boolean isSeen() {
            for (int k = 2; k < keypoints.length; k += 3) {
                if (keypoints[k] > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    public MultiViewProblem {
        views = List.copyOf(views);
        if (views.isEmpty()) {
            throw new IllegalArgumentException("A person must have at least one view.");
        }
        views.forEach(
                view -> new FitProblem(layout, view.keypoints(), view.camera().intrinsics()));
    }

    /** The person as a view sees it. */
    FitProblem seenBy(View view) {
        return new FitProblem(layout, view.keypoints(), view.camera().intrinsics());
    }
}
