package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.fit.FittedBody;
import dev.secant.fit.output.FittedPoints;
import dev.secant.minimize.TrajectoryPoint;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the trajectory of an item. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobTrajectory(
        @Schema(description = "Index of the item in the request", requiredMode = Schema.RequiredMode.REQUIRED) int item,
        @Schema(
                        description = "Number of recorded points of the whole trajectory",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                int total,
        @Schema(
                        description =
                                "Whether the item has ended; the trajectory of a running one has the points so far",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                boolean complete,
        @Schema(
                        description =
                                "Largest number of steps between two recorded points: 1 if every step is recorded, more if the"
                                        + " trajectory was thinned to keep within secant.minimize.max-trajectory-numbers",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                int recordedEvery,
        @Schema(description = "FIT jobs: iterates of the person") @Nullable List<Iterate> iterates,
        @Schema(description = "MINIMIZATION jobs: points of the start") @Nullable List<TrajectoryPoint> points) {

    /** An iterate of a fit. */
    @Schema(name = "FitIterate")
    public record Iterate(
            @Schema(description = "Number of steps done; 0 is the initial estimate") int step,
            double energy,
            @Schema(description = "Euclidean norm of the gradient of the energy") double gradientNorm,
            @Schema(description = "Euclidean length of the step that led here") double stepLength,
            @Schema(description = "Axis-angle rotation of each joint relative to its parent, radians, 24 x 3")
                    float[][] pose,
            @Schema(description = "Shape coefficients, 10") float[] betas,
            @Schema(description = "Translation in camera space, metres") float[] translation,
            @Schema(description = "Joints in camera space (x right, y down, z forward), metres, 24 x 3")
                    float[][] joints3d,
            @Schema(description = "Joints projected into the image, pixels, 24 x 2") float[][] joints2d,
            @Schema(
                            description =
                                    "Keypoints of the body projected into the image, in the layout of the request, pixels, K x 2")
                    float[][] keypoints2d) {

        static Iterate of(FittedBody.Iterate iterate, FittedPoints.Located points) {
            return new Iterate(
                    iterate.step(),
                    iterate.energy(),
                    iterate.gradientNorm(),
                    iterate.stepLength(),
                    FittedPerson.rows(iterate.pose(), 3),
                    iterate.betas(),
                    iterate.translation(),
                    FittedPerson.rows(points.joints3d(), 3),
                    FittedPerson.rows(points.joints2d(), 2),
                    FittedPerson.rows(points.keypoints2d(), 2));
        }
    }
}
