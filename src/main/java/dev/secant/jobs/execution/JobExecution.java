package dev.secant.jobs.execution;

import dev.secant.jobs.devices.NotTriedException;
import dev.secant.jobs.store.JobIds;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.JobLease;
import dev.secant.jobs.store.JobState;
import dev.secant.jobs.store.JobStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes a job once: claims it, runs its kind's work, and sees that it ends. */
public final class JobExecution {

    private static final Logger log = LoggerFactory.getLogger(JobExecution.class);

    /** A job that took this many workers with it is given up. */
    static final int MAX_ATTEMPTS = 5;

    private final JobStore store;
    private final JobSignals signals;
    private final JobIds ids;
    private final Clock clock;
    private final Map<JobKind, JobWork> works = new EnumMap<>(JobKind.class);
    private final Set<UUID> cancelled = ConcurrentHashMap.newKeySet();
    private final Map<UUID, JobRun> running = new ConcurrentHashMap<>();

    public JobExecution(JobStore store, JobSignals signals, JobIds ids, Clock clock, List<JobWork> works) {
        this.store = store;
        this.signals = signals;
        this.ids = ids;
        this.clock = clock;
        works.forEach(work -> this.works.put(work.kind(), work));
    }

    /** Whether this process can do the jobs of a kind. */
    public boolean serves(JobKind kind) {
        return works.containsKey(kind);
    }

    /**
     * Executes a job.
     *
     * @return whether it is over with; if not, it went back to the queue because the process shuts down
     */
    public boolean run(UUID id) {
        Optional<JobLease> claimed = store.claim(id, ids.next(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (claimed.isEmpty()) {
            return true;
        }
        JobLease lease = claimed.get();
        JobRun run = new JobRun(lease, store, signals, clock, () -> cancelled.contains(id));
        running.put(id, run);
        if (lease.job().cancelRequested()) {
            cancelled.add(id);
        }
        signals.changed(id);
        try {
            return run(lease, run);
        } finally {
            running.remove(id);
            cancelled.remove(id);
        }
    }

    private boolean run(JobLease lease, JobRun run) {
        JobWork work = works.get(lease.job().kind());
        if (work == null || lease.job().attempt() > MAX_ATTEMPTS) {
            giveUp(
                    lease,
                    work == null
                            ? "No handler is registered for %s jobs."
                                    .formatted(lease.job().kind())
                            : "Given up after %d attempts, each of which ended without a result."
                                    .formatted(MAX_ATTEMPTS));
            return true;
        }
        try {
            work.run(run);
            return true;
        } catch (JobRun.LeaseLostException e) {
            return true;
        } catch (NotTriedException e) {
            store.release(lease);
            return false;
        } catch (InterruptedException e) {
            store.release(lease);
            Thread.currentThread().interrupt();
            return false;
        } catch (OutOfMemoryError | StackOverflowError e) {
            // Never again: it would take the memory of the next worker, and the jobs beside it.
            log.error(
                    "The job {} used up the memory of this process.",
                    lease.job().id(),
                    e);
            giveUp(
                    lease,
                    "The memory of the worker does not suffice. Maybe ask for less: fewer starts, people or recorded points.");
            return true;
        }
    }

    private void giveUp(JobLease lease, String reason) {
        boolean written = store.write(
                lease,
                List.of(),
                0,
                new JobStore.End(JobState.FAILED, reason, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        if (written) {
            signals.changed(lease.job().id());
        }
    }

    /** Tells the running work of a job, if it runs here, to end early. */
    public void cancel(UUID id) {
        if (running.containsKey(id)) {
            cancelled.add(id);
        }
    }

    /** Looks for jobs that another process was asked to cancel and that run here. */
    public void pollCancels() {
        if (!running.isEmpty()) {
            store.cancelRequested().forEach(this::cancel);
        }
    }

    /** Stores how far the jobs are that run here; to be called about once a second, by one thread. */
    public void recordProgress() {
        running.values().forEach(JobRun::recordProgress);
    }

    /** How many jobs run here. */
    public int running() {
        return running.size();
    }
}
