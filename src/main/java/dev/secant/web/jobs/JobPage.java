package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of jobs, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobPage(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<JobResponse> jobs,
        @Schema(description = "Cursor of the next page; absent on the last page") @Nullable String next) {}
