package dev.secant.fit;

/**
 * One person to fit.
 *
 * @param layout the order of the keypoints
 * @param keypoints x, y in pixels and confidence, {@code [K, 3]}; confidence 0 (or less, or not finite) is not detected
 * @param camera the camera that saw them
 */
public record FitProblem(KeypointLayout layout, double[] keypoints, Camera camera) {

    public FitProblem {
        if (keypoints.length != 3 * layout.size()) {
            throw new IllegalArgumentException("The layout (%s) has %d keypoints, so %d numbers, but %d were given."
                    .formatted(layout.id(), layout.size(), 3 * layout.size(), keypoints.length));
        }
    }
}
