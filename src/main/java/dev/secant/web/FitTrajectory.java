package dev.secant.web;

import dev.secant.fit.FittedBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Some iterates of a person's fit. */
public record FitTrajectory(
        @Schema(description = "Index of the person", requiredMode = Schema.RequiredMode.REQUIRED) int item,
        @Schema(description = "How many iterates there are", requiredMode = Schema.RequiredMode.REQUIRED) int total,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Iterate> iterates) {

    /** A point on the way. */
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
