package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.fit.views.MultiViewBody;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.optimizer.Termination;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result for one person that several cameras see. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MultiViewPerson(
        @Schema(description = "Index of the person in the request", requiredMode = Schema.RequiredMode.REQUIRED)
                int item,
        @Schema(description = "The id given in the request") @Nullable String id,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) ItemOutcome outcome,
        @Schema(description = "Why there is no body, if it was skipped or failed") @Nullable String error,
        @Schema(description = "The fitted body; absent if the person was skipped or failed") @Nullable Body body,
        @Schema(description = "How the body lies in each view of the request, in its order") @Nullable List<View> views,
        @Schema(description = "Quality of the fit") @Nullable Quality quality,
        @Schema(description = "Weights, body model and optimizer that were used")
                FittedPerson.@Nullable Provenance provenance) {

    /** A body in SMPL's parameters, and its joints, in the world of the cameras. */
    @Schema(name = "WorldBody")
    public record Body(
            @Schema(
                            description =
                                    "Axis-angle rotation of each joint relative to its parent, radians, 24 x 3; the first"
                                            + " rotates body space to the world")
                    float[][] pose,
            @Schema(description = "Shape coefficients, 10") float[] betas,
            @Schema(
                            description =
                                    "Translation of the posed body in the world, metres: vertex = LBS(pose, betas) + translation")
                    float[] translation,
            @Schema(description = "Joints in the world, metres, 24 x 3") float[][] joints3d,
            @Schema(
                            description =
                                    "Keypoints of the fitted body in the world, in the layout of the request, metres, K x 3")
                    float[][] keypoints3d,
            @Schema(
                            description =
                                    "The axis of the world that points up, by the cameras; meshes are turned so that it is y",
                            allowableValues = {"+x", "-x", "+y", "-y", "+z", "-z"})
                    String up) {}

    /** How a body lies in one image. */
    @Schema(name = "FittedView")
    public record View(
            @Schema(description = "Id of the camera") String camera,
            @Schema(description = "Joints projected into the image, pixels, 24 x 2") float[][] joints2d,
            @Schema(
                            description =
                                    "Keypoints of the fitted body projected into the image, in the layout of the request, pixels, K x 2")
                    float[][] keypoints2d,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "Distance of each keypoint to the observed one, pixels; null where the"
                                                            + " keypoint was not detected"),
                            schema =
                                    @Schema(
                                            types = {"number", "null"},
                                            format = "float"))
                    List<@Nullable Float> residuals,
            @Schema(
                            description =
                                    "Mean residual of the detected keypoints relative to the size of the person in the image; 0"
                                            + " where none was detected")
                    double reprojectionError) {}

    /** Quality of a fit, and what it took. */
    @Schema(name = "MultiViewQuality")
    public record Quality(
            @Schema(description = "Mean of the views' reprojection errors") double reprojectionError,
            double energy,
            @Schema(description = "Energy of the fused estimate of the views") double initialEnergy,
            int steps,
            @Schema(description = "Evaluations of value and gradient, of all starts together") int evaluations,
            @Schema(description = "Number of steps that were shortened") int safeguarded,
            Termination termination) {}

    /**
     * The result of a person, as every interface writes it: the REST API and the command line.
     *
     * @param result the outcome; its JSON is not read
     * @param id the client's name of the person
     * @param fitted the body; null if the person was skipped or failed
     */
    public static MultiViewPerson of(ItemResult result, @Nullable String id, @Nullable MultiViewBody fitted) {
        return new MultiViewPerson(
                result.item(),
                id,
                result.outcome(),
                result.error(),
                fitted == null ? null : body(fitted),
                fitted == null
                        ? null
                        : fitted.views().stream().map(MultiViewPerson::view).toList(),
                fitted == null ? null : quality(fitted),
                fitted == null ? null : FittedPerson.provenance(fitted.provenance()));
    }

    private static Body body(MultiViewBody fitted) {
        return new Body(
                FittedPerson.rows(fitted.pose(), 3),
                fitted.betas(),
                fitted.translation(),
                FittedPerson.rows(fitted.joints3d(), 3),
                FittedPerson.rows(fitted.keypoints3d(), 3),
                fitted.up().axis());
    }

    private static View view(MultiViewBody.InView view) {
        List<@Nullable Float> residuals = new ArrayList<>();
        for (float residual : view.reprojection().residuals()) {
            residuals.add(Float.isFinite(residual) ? residual : null);
        }
        return new View(
                view.id(),
                FittedPerson.rows(view.joints2d(), 2),
                FittedPerson.rows(view.reprojection().keypoints(), 2),
                residuals,
                view.reprojection().error());
    }

    private static Quality quality(MultiViewBody fitted) {
        MultiViewBody.Quality quality = fitted.quality();
        return new Quality(
                fitted.reprojectionError(),
                quality.energy(),
                quality.initialEnergy(),
                quality.steps(),
                quality.evaluations(),
                quality.safeguarded(),
                quality.termination());
    }
}
