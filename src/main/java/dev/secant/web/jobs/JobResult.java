package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.minimize.MinimizationResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job and its results so far. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResult(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobResponse job,
        @Schema(description = "FIT jobs: the people finished so far, in request order") @Nullable
                List<FittedPerson> people,
        @Schema(description = "MULTI_VIEW_FIT jobs: the people finished so far, in request order") @Nullable
                List<MultiViewPerson> multiViewPeople,
        @Schema(description = "SEQUENCE jobs: the result, once there is one") @Nullable SequenceResult sequence,
        @Schema(description = "MINIMIZATION jobs: the starts finished so far, and the best of them") @Nullable
                MinimizationResult minimization) {}
