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

/** What came out for one person. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FittedPerson(
        @Schema(description = "Index in the request", requiredMode = Schema.RequiredMode.REQUIRED) int item,
        @Schema(description = "Your name of the person") @Nullable String id,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) ItemOutcome outcome,
        @Schema(description = "Why there is no body") @Nullable String error,
        @Schema(description = "The body, unless it was skipped or failed") @Nullable Body body,
        @Schema(description = "How it was found") @Nullable Quality quality,
        @Schema(description = "What it was found with") @Nullable Provenance provenance) {

    /** A body in SMPL's parameters, and its joints. */
    @Schema(name = "FittedBody")
    public record Body(
            @Schema(
                            description =
                                    "Axis-angle by joint, radians, relative to the parent, 24 x 3; the first takes body space"
                                            + " to camera space")
                    float[][] pose,
            @Schema(description = "Shape coefficients, 10") float[] betas,
            @Schema(description = "Of the posed body in camera space, metres: vertex = LBS(pose, betas) + translation")
                    float[] translation,
            @Schema(description = "The camera that was used") Camera camera,
            @Schema(description = "Joints in camera space (x right, y down, z forward), metres, 24 x 3")
                    float[][] joints3d,
            @Schema(description = "Joints in the image, pixels, 24 x 2") float[][] joints2d,
            @Schema(description = "The body's keypoints in the image, in the request's layout, pixels, K x 2")
                    float[][] keypoints2d,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "Distance of each keypoint to the observed one, pixels; null where none"
                                                            + " was detected"),
                            schema =
                                    @Schema(
                                            types = {"number", "null"},
                                            format = "float"))
                    List<@Nullable Float> residuals) {}

    /** The intrinsics, pixels. */
    @Schema(name = "FittedCamera")
    public record Camera(double fx, double fy, double cx, double cy) {}

    /** How the body was found. */
    @Schema(name = "FittedQuality")
    public record Quality(
            @Schema(description = "Mean residual of the detected keypoints, as a share of the person's size")
                    double reprojectionError,
            double energy,
            double initialEnergy,
            int steps,
            int evaluations,
            @Schema(description = "Steps that the safeguard shortened or replaced") int safeguarded,
            Termination termination) {}

    /** What the body was found with. */
    @Schema(name = "FitProvenance")
    public record Provenance(
            @Schema(description = "Name and version of the weights; GET /v1/checkpoints tells more") String checkpoint,
            @Schema(description = "SHA-256 of the weights") String weightsSha256,
            @Schema(description = "Digest of the body model; GET /v1/body-models tells more") String bodyDigest,
            @Schema(description = "What refined the guess") String optimizer,
            @Schema(description = "Where it was refined; arrays and tensors differ in last digits") @Nullable
                    Storage storage) {}

    static FittedPerson of(ItemResult result, @Nullable String id, @Nullable FitOutcome fitted) {
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
        dev.secant.fit.Camera camera = fitted.camera();
        List<@Nullable Float> residuals = new ArrayList<>();
        for (float residual : fitted.residuals()) {
            residuals.add(Float.isFinite(residual) ? residual : null);
        }
        return new Body(
                rows(fitted.pose(), 3),
                fitted.betas(),
                fitted.translation(),
                new Camera(camera.focalX(), camera.focalY(), camera.centerX(), camera.centerY()),
                rows(fitted.joints3d(), 3),
                rows(fitted.joints2d(), 2),
                rows(fitted.keypoints2d(), 2),
                residuals);
    }

    private static Provenance provenance(FitProvenance provenance) {
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
