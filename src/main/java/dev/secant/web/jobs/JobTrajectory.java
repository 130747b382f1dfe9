package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.fit.FittedBody;
import dev.secant.minimize.TrajectoryPoint;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the way to an item's result. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobTrajectory(
        @Schema(description = "Index in the request", requiredMode = Schema.RequiredMode.REQUIRED) int item,
        @Schema(description = "How many points the whole way has", requiredMode = Schema.RequiredMode.REQUIRED)
                int total,
        @Schema(description = "Of a person's fit") @Nullable List<Iterate> iterates,
        @Schema(description = "Of a minimization") @Nullable List<TrajectoryPoint> points) {

    /** A point on the way of a fit. */
    @Schema(name = "FitIterate")
    public record Iterate(
            @Schema(description = "0 is the initialiser's guess") int step,
            double energy,
            @Schema(description = "Euclidean norm of the energy's gradient") double gradientNorm,
            @Schema(description = "Euclidean length of the step that led here") double stepLength,
            @Schema(description = "Axis-angle by joint, radians, 24 x 3") float[][] pose,
            @Schema(description = "Shape coefficients, 10") float[] betas,
            @Schema(description = "Camera space, metres") float[] translation) {

        static Iterate of(FittedBody.Iterate iterate) {
            return new Iterate(
                    iterate.step(),
                    iterate.energy(),
                    iterate.gradientNorm(),
                    iterate.stepLength(),
                    FittedPerson.rows(iterate.pose(), 3),
                    iterate.betas(),
                    iterate.translation());
        }
    }
}
