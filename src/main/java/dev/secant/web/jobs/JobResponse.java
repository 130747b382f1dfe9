package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The status of a job. */
@Schema(name = "Job")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResponse(
        @Schema(description = "UUID, version 7: ids sort by creation time", requiredMode = Schema.RequiredMode.REQUIRED)
                UUID id,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobKind kind,
        @Schema(description = "Who submitted it: key:ID or sub:SUBJECT; absent without authentication") @Nullable
                String owner,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobState state,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Items items,
        @Schema(
                        description =
                                "Fraction of the job that is done, 0 to 1; running items of a minimization count by the share of their steps, evaluations or time that is used, updated about once a second",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                double progress,
        @Schema(description = "Whether cancellation has been requested", requiredMode = Schema.RequiredMode.REQUIRED)
                boolean cancelRequested,
        @Schema(
                        description = "Number of times a worker has started the job",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                int attempt,
        @Schema(description = "Reason of the failure") @Nullable String error,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** Number of items by outcome; the others are waiting or running. */
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
                job.owner().isEmpty() ? null : job.owner(),
                job.state(),
                new Items(counts.total(), counts.succeeded(), counts.skipped(), counts.failed(), counts.cancelled()),
                job.progress(),
                job.cancelRequested(),
                job.attempt(),
                job.error(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt());
    }
}
