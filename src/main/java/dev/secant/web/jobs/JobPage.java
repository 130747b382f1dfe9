package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some jobs, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobPage(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<JobResponse> jobs,
        @Schema(description = "Pass it as cursor to get the next page; absent on the last") @Nullable String next) {}
