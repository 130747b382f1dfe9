package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobStore;
import dev.secant.jobs.store.RunningItem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Data of a progress event: how far a running job is, and its first running items. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProgressEvent(
        @Schema(description = "When the progress was recorded") Instant at,
        @Schema(description = "Fraction of the job that is done, 0 to 1") double progress,
        @Schema(description = "The first " + ProgressEvent.MOST + " running items") List<Item> items) {

    /** Items of an event at most: a client that wants more reads their trajectories. */
    static final int MOST = 100;

    /** How far an item is. */
    @Schema(name = "ItemProgress")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            @Schema(description = "Index of the item in the request") int item,
            @Schema(description = "Steps done, by all solvers that have worked on it") int step,
            @Schema(description = "Evaluations of value and gradient used") int evaluations,
            @Schema(description = "Lowest value found; absent if not finite") @Nullable Double value,
            @Schema(description = "Euclidean norm of the gradient at that point; absent if not finite") @Nullable
                    Double gradientNorm,
            @Schema(description = "Fraction of its steps, evaluations or time that is used, 0 to 1") double progress) {}

    static ProgressEvent of(Job job, JobStore.Progress progress) {
        return new ProgressEvent(
                progress.at(),
                job.progress(),
                progress.items().stream()
                        .filter(item -> !item.points().isEmpty())
                        .limit(MOST)
                        .map(ProgressEvent::item)
                        .toList());
    }

    private static Item item(RunningItem item) {
        RunningItem.Point last = item.last();
        return new Item(
                item.item(), last.steps(), last.evaluations(), last.value(), last.gradientNorm(), item.progress());
    }
}
