package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.minimize.MinimizationResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job and what has come out of it so far. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResult(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobResponse job,
        @Schema(description = "Of a FIT job that has started: the people that are done, in the order of the request")
                @Nullable
                List<FittedPerson> people,
        @Schema(description = "Of a MINIMIZATION job: the starts that are done, and the best of them") @Nullable
                MinimizationResult minimization) {}
