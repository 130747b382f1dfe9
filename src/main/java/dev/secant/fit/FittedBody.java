package dev.secant.fit;

import dev.secant.optimizer.Termination;
import java.util.List;

/**
 * A fitted person.
 *
 * @param pose axis-angle by joint, radians, parent-relative, {@code [24, 3]}; the first takes body space to camera space
 * @param betas shape coefficients, {@code [10]}
 * @param translation of the posed body in camera space, metres, {@code [3]}: {@code vertex = LBS(pose, betas) + translation}
 * @param camera the camera used
 * @param joints3d joints in camera space, metres, {@code [24, 3]}
 * @param joints2d joints in the image, pixels, {@code [24, 2]}
 * @param keypoints2d the model's keypoints in the image, in the problem's layout, pixels, {@code [K, 2]}
 * @param residuals pixel distance of each keypoint to the observed one, {@code [K]}; NaN where not detected
 * @param reprojectionError mean residual of the detected keypoints over the person's size (longer side of the detected
 *     keypoints' box), a fraction
 * @param quality what happened in the optimization
 */
public record FittedBody(
        float[] pose,
        float[] betas,
        float[] translation,
        Camera camera,
        float[] joints3d,
        float[] joints2d,
        float[] keypoints2d,
        float[] residuals,
        double reprojectionError,
        Quality quality) {

    /**
     * @param energy the fit energy at the result
     * @param initialEnergy the fit energy at the initialiser's guess
     * @param steps optimizer steps done
     * @param evaluations evaluations of value and gradient
     * @param safeguarded steps that the safeguard shortened or replaced
     * @param termination why it stopped
     * @param trajectory the iterates, the start first; empty unless asked for
     */
    public record Quality(
            double energy,
            double initialEnergy,
            int steps,
            int evaluations,
            int safeguarded,
            Termination termination,
            List<Iterate> trajectory) {

        public Quality {
            trajectory = List.copyOf(trajectory);
        }
    }

    /**
     * @param step 0 for the initialiser's guess
     * @param energy the fit energy
     * @param gradientNorm Euclidean norm of its gradient
     * @param stepLength Euclidean length of the step that led here
     * @param pose axis-angle, {@code [24, 3]}
     * @param betas {@code [10]}
     * @param translation metres, {@code [3]}
     */
    public record Iterate(
            int step,
            double energy,
            double gradientNorm,
            double stepLength,
            float[] pose,
            float[] betas,
            float[] translation) {}
}
