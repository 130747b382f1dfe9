package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job's status. */
@Schema(name = "Job")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResponse(
        @Schema(description = "UUID of version 7", requiredMode = Schema.RequiredMode.REQUIRED) UUID id,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobKind kind,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobState state,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Items items,
        @Schema(description = "Share of the items that are done, 0 to 1", requiredMode = Schema.RequiredMode.REQUIRED)
                double progress,
        @Schema(description = "Whether it was asked to end early", requiredMode = Schema.RequiredMode.REQUIRED)
                boolean cancelRequested,
        @Schema(description = "How often a worker has taken it", requiredMode = Schema.RequiredMode.REQUIRED)
                int attempt,
        @Schema(description = "Why it failed") @Nullable String error,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** How many items are where. */
    @Schema(name = "ItemCounts")
    public record Items(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int total,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int succeeded,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int skipped,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int failed,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int cancelled) {}

    static JobResponse of(Job job) {
        Job.ItemCounts counts = job.counts();
        return new JobResponse(
                job.id(),
                job.kind(),
                job.state(),
                new Items(counts.total(), counts.succeeded(), counts.skipped(), counts.failed(), counts.cancelled()),
                (double) counts.done() / counts.total(),
                job.cancelRequested(),
                job.attempt(),
                job.error(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt());
    }
}
