package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.FittedBody;
import dev.secant.jobs.fit.FitOutcome;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.Termination;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result for one person. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FittedPerson(
        @Schema(description = "Index of the person in the request", requiredMode = Schema.RequiredMode.REQUIRED)
                int item,
        @Schema(description = "The id given in the request") @Nullable String id,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) ItemOutcome outcome,
        @Schema(description = "Why there is no body, if it was skipped or failed") @Nullable String error,
        @Schema(description = "The fitted body; absent if the person was skipped or failed") @Nullable Body body,
        @Schema(description = "Quality of the fit") @Nullable Quality quality,
        @Schema(description = "Weights, body model and optimizer that were used") @Nullable Provenance provenance) {

    /** A body in SMPL's parameters, and its joints. */
    @Schema(name = "FittedBody")
    public record Body(
            @Schema(
                            description =
                                    "Axis-angle rotation of each joint relative to its parent, radians, 24 x 3; the first"
                                            + " rotates body space to camera space")
                    float[][] pose,
            @Schema(description = "Shape coefficients, 10") float[] betas,
            @Schema(
                            description =
                                    "Translation of the posed body in camera space, metres: vertex = LBS(pose, betas) + translation")
                    float[] translation,
            @Schema(description = "The camera that was used") Camera camera,
            @Schema(description = "Joints in camera space (x right, y down, z forward), metres, 24 x 3")
                    float[][] joints3d,
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
                    List<@Nullable Float> residuals) {}

    /** The intrinsics, pixels. */
    @Schema(name = "FittedCamera")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Camera(
            double fx,
            double fy,
            double cx,
            double cy,
            @Schema(description = "Lens distortion k1, k2, p1, p2, k3; absent if there is none")
                    double @Nullable [] distortion,
            @Schema(
                            description =
                                    "Where the focal length is from: GIVEN in pixels, by a FIELD_OF_VIEW that was given, or"
                                            + " ASSUMED to equal the image diagonal")
                    dev.secant.fit.Camera.Source source) {

        static Camera of(dev.secant.fit.Camera camera) {
            return new Camera(
                    camera.focalX(),
                    camera.focalY(),
                    camera.centerX(),
                    camera.centerY(),
                    camera.distortion().distorts() ? camera.distortion().coefficients() : null,
                    camera.source());
        }
    }

    /** Quality of a fit, and what it took. */
    @Schema(name = "FittedQuality")
    public record Quality(
            @Schema(description = "Mean residual of the detected keypoints relative to the size of the person")
                    double reprojectionError,
            double energy,
            double initialEnergy,
            int steps,
            int evaluations,
            @Schema(description = "Number of steps that were shortened or replaced by the safeguard") int safeguarded,
            Termination termination) {}

    /** What a fit was computed with. */
    @Schema(name = "FitProvenance")
    public record Provenance(
            @Schema(description = "Name and version of the weights; see GET /v1/checkpoints") String checkpoint,
            @Schema(description = "SHA-256 of the weights") String weightsSha256,
            @Schema(description = "SHA-256 digest of the body model; see GET /v1/body-models") String bodyDigest,
            @Schema(description = "Optimizer that refined the initial estimate") String optimizer,
            @Schema(
                            description =
                                    "Storage it was refined on; results on arrays and tensors differ in their last digits")
                    @Nullable
                    Storage storage) {}

    /**
     * The result of a person, as every interface writes it: the REST API and the command line.
     *
     * @param result the outcome; its JSON is not read
     * @param id the client's name of the person
     * @param fitted the body; null if the person was skipped or failed
     */
    public static FittedPerson of(ItemResult result, @Nullable String id, @Nullable FitOutcome fitted) {
        return new FittedPerson(
                result.item(),
                id,
                result.outcome(),
                result.error(),
                fitted == null ? null : body(fitted.body()),
                fitted == null ? null : quality(fitted.body()),
                fitted == null ? null : provenance(fitted.provenance()));
    }

    private static Body body(FittedBody fitted) {
        List<@Nullable Float> residuals = new ArrayList<>();
        for (float residual : fitted.residuals()) {
            residuals.add(Float.isFinite(residual) ? residual : null);
        }
        return new Body(
                rows(fitted.pose(), 3),
                fitted.betas(),
                fitted.translation(),
                Camera.of(fitted.camera()),
                rows(fitted.joints3d(), 3),
                rows(fitted.joints2d(), 2),
                rows(fitted.keypoints2d(), 2),
                residuals);
    }

    static Provenance provenance(FitProvenance provenance) {
        return new Provenance(
                provenance.checkpoint(),
                provenance.weightsSha256(),
                provenance.bodyDigest(),
                provenance.optimizer(),
                provenance.storage());
    }

    private static Quality quality(FittedBody fitted) {
        FittedBody.Quality quality = fitted.quality();
        return new Quality(
                fitted.reprojectionError(),
                quality.energy(),
                quality.initialEnergy(),
                quality.steps(),
                quality.evaluations(),
                quality.safeguarded(),
                quality.termination());
    }

    static float[][] rows(float[] flat, int columns) {
        float[][] rows = new float[flat.length / columns][columns];
        for (int i = 0; i < flat.length; i++) {
            rows[i / columns][i % columns] = flat[i];
        }
        return rows;
    }
}
