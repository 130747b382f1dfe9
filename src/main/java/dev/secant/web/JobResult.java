package dev.secant.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job and what has come out of it so far. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResult(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobResponse job,
        @Schema(description = "Of a FIT job that has started: the people that are done, in the order of the request")
                @Nullable
                List<FittedPerson> people) {}
