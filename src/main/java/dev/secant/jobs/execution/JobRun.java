package dev.secant.jobs.execution;

import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobLease;
import dev.secant.jobs.store.JobState;
import dev.secant.jobs.store.JobStore;
import dev.secant.jobs.store.RunningItem;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt at a job: what is asked, whether it is still wanted, and where outcomes go. */
public final class JobRun {

    /** The claim is void: the job was deleted, or another worker has it. */
    static final class LeaseLostException extends RuntimeException {
        LeaseLostException(JobLease lease) {
            super("The claim on the job (%s) is void.".formatted(lease.job().id()));
        }
    }

    private final JobLease lease;
    private final JobStore store;
    private final JobSignals signals;
    private final Clock clock;
    private final BooleanSupplier cancelled;
    private final JobProgress progress = new JobProgress();
    private Job.ItemCounts counts;
    private @Nullable String error;

    public JobRun(JobLease lease, JobStore store, JobSignals signals, Clock clock, BooleanSupplier cancelled) {
        this.lease = lease;
        this.store = store;
        this.signals = signals;
        this.clock = clock;
        this.cancelled = cancelled;
        this.counts = lease.job().counts();
    }

    /** What is asked, JSON. */
    public String payload() {
        return lease.payload();
    }

    /** Whether an earlier attempt finished an item. */
    public boolean isDone(int item) {
        return lease.doneItems().contains(item);
    }

    /** Whether the job shall end at the best found so far. */
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    /** Stores outcomes; those of the last items end the job in the same transaction. */
    public void add(List<ItemResult> results) {
        for (ItemResult result : results) {
            counts = counts.plus(result.outcome());
            if (result.outcome() == ItemOutcome.FAILED && error == null) {
                error = "Item %d: %s".formatted(result.item(), result.error());
            }
        }
        progress.done(results.stream().map(ItemResult::item).toList());
        JobStore.End end = counts.done() == counts.total() ? end() : null;
        if (!store.write(lease, results, progress.share(), end)) {
            throw new LeaseLostException(lease);
        }
        signals.changed(lease.job().id());
    }

    /** Where the work says how far its items are. */
    public JobProgress progress() {
        return progress;
    }

    /** Stores how far the running items are, if any has said so, and wakes those who wait for the job. */
    void recordProgress() {
        List<RunningItem> items = progress.snapshot();
        if (!items.isEmpty()
                && store.writeProgress(
                        lease, progress.share(), items, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
            signals.changed(lease.job().id());
        }
    }

    private JobStore.End end() {
        JobState state;
        if (counts.cancelled() > 0) {
            state = JobState.CANCELLED;
        } else {
            state = counts.failed() > 0 ? JobState.FAILED : JobState.SUCCEEDED;
        }
        return new JobStore.End(state, error, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
