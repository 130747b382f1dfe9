package dev.secant.fit.sequence;

import dev.secant.fit.Camera;
import java.util.List;

/**
 * A person fitted to the frames of a video.
 *
 * @param betas shape coefficients of all frames, {@code [10]}
 * @param camera the camera used
 * @param framesPerSecond frame rate
 * @param frames one each, in order
 * @param energy of the sequence at the result
 * @param initialEnergy of the sequence at the smoothed initial estimates
 * @param steps Gauss-Newton steps done
 * @param completed false if it was cancelled before it had converged or done its steps
 */
public record FittedSequence(
        float[] betas,
        Camera camera,
        double framesPerSecond,
        List<Frame> frames,
        double energy,
        double initialEnergy,
        int steps,
        boolean completed) {

    public FittedSequence {
        frames = List.copyOf(frames);
    }

    /**
     * @param pose axis-angle by joint, radians, parent-relative, {@code [24, 3]}; the first takes body space to camera space
     * @param translation of the posed body in camera space, metres, {@code [3]}
     * @param observed whether any keypoint was detected; if not, the pose is an interpolation
     * @param exchanged whether left and right were taken for exchanged by the detector
     * @param reprojectionError mean distance of the detected keypoints to the model's, over the person's size, a fraction; NaN where
     *     nothing was observed
     */
    public record Frame(
            float[] pose, float[] translation, boolean observed, boolean exchanged, double reprojectionError) {}
}
