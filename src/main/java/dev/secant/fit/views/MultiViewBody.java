package dev.secant.fit.views;

import dev.secant.fit.Camera;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.Reprojection;
import dev.secant.optimizer.Termination;
import java.util.List;

/**
 * A person fitted to several views, in the world of the cameras.
 *
 * @param pose axis-angle by joint, radians, parent-relative, {@code [24, 3]}; the first takes body space to the world
 * @param betas shape coefficients, {@code [10]}
 * @param translation of the posed body in the world, metres, {@code [3]}: {@code vertex = LBS(pose, betas) + translation}
 * @param joints3d joints in the world, metres, {@code [24, 3]}
 * @param keypoints3d the body's keypoints in the world, in the problem's layout, metres, {@code [K, 3]}
 * @param up the direction of the world that points up, by the cameras
 * @param views how it lies in each view, in the problem's order
 * @param quality what happened in the optimization
 * @param provenance what it was found with
 */
public record MultiViewBody(
        float[] pose,
        float[] betas,
        float[] translation,
        float[] joints3d,
        float[] keypoints3d,
        WorldFrame.Up up,
        List<InView> views,
        Quality quality,
        FitProvenance provenance) {

    public MultiViewBody {
        views = List.copyOf(views);
    }

    /**
     * How the body lies in one view.
     *
     * @param id the camera's
     * @param camera its intrinsics
     * @param joints2d joints in its image, pixels, {@code [24, 2]}
     * @param reprojection its keypoints beside the observed ones
     */
    public record InView(String id, Camera camera, float[] joints2d, Reprojection reprojection) {

        /** Whether the view saw any keypoint of the person. */
        public boolean sawThePerson() {
            for (float residual : reprojection.residuals()) {
                if (!Float.isNaN(residual)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * @param energy the energy at the result
     * @param initialEnergy the energy at the fused estimate of all views
     * @param steps optimizer steps done
     * @param evaluations evaluations of value and gradient, of all starts together
     * @param safeguarded steps that were shortened
     * @param termination why it stopped
     */
    public record Quality(
            double energy,
            double initialEnergy,
            int steps,
            int evaluations,
            int safeguarded,
            Termination termination) {}

    /** The mean of the views' reprojection errors, each a fraction of the person's size in it; of views that saw the person. */
    public double reprojectionError() {
        return views.stream()
                .filter(InView::sawThePerson)
                .mapToDouble(view -> view.reprojection().error())
                .average()
                .orElse(0);
    }
}
