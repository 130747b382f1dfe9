package dev.secant.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.secant.jobs.execution.JobExecution;
import dev.secant.jobs.execution.JobSignals;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobIds;
import dev.secant.jobs.store.JobStore;
import dev.secant.jobs.store.NewJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** The way in: takes jobs, lets callers wait for them, cancels and deletes them. */
public final class Jobs {

    /** The name of a job's execution in db-scheduler; the instance is the job's id. */
    public static final TaskDescriptor<Void> TASK = TaskDescriptor.of("job");

    /** How long a wait goes without looking at the store: the job may run in another process. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final JobStore store;
    private final JobExecution execution;
    private final JobSignals signals;
    private final Queueing queueing;
    private final Clock clock;

    /**
     * What taking a job needs.
     *
     * @param scheduler executes it
     * @param transaction makes the job and its execution one
     * @param ids makes its id
     * @param limit how many jobs may be QUEUED
     */
    public record Queueing(Scheduler scheduler, TransactionTemplate transaction, JobIds ids, int limit) {}

    /** Too many jobs are QUEUED. */
    public static final class QueueFullException extends RuntimeException {
        QueueFullException(int limit) {
            super("There are already %d jobs in the queue.".formatted(limit));
        }
    }

    /** An idempotency key came again with another request. */
    public static final class IdempotencyKeyReusedException extends RuntimeException {
        IdempotencyKeyReusedException(Job earlier) {
            super("The idempotency key was used by another request, of the job %s.".formatted(earlier.id()));
        }
    }

    /**
     * A job that was taken.
     *
     * @param job the job
     * @param created false if the same request had been taken before
     */
    public record Submission(Job job, boolean created) {}

    public Jobs(JobStore store, JobExecution execution, JobSignals signals, Queueing queueing, Clock clock) {
        this.store = store;
        this.execution = execution;
        this.signals = signals;
        this.queueing = queueing;
        this.clock = clock;
    }

    /** What is stored. */
    public JobStore store() {
        return store;
    }

    /** The signals of changes. */
    public JobSignals signals() {
        return signals;
    }

    /**
     * Takes a job. When this returns it is stored and will be executed, whatever happens to this process.
     *
     * @throws QueueFullException if too many wait already
     * @throws IdempotencyKeyReusedException if its key came with another request
     */
    public Submission submit(NewJob job) {
        Optional<Job> earlier = withKeyOf(job);
        if (earlier.isPresent()) {
            return repeated(earlier.get(), job);
        }
        if (store.queued() >= queueing.limit()) {
            throw new QueueFullException(queueing.limit());
        }
        UUID id = queueing.ids().next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            Job stored = queueing.transaction().execute(status -> {
                Job inserted = store.insert(id, job, now);
                queueing.scheduler().schedule(TASK.instance(id.toString()).build(), now);
                return inserted;
            });
            // Only now does another transaction see it.
            queueing.scheduler().triggerCheckForDueExecutions();
            return new Submission(java.util.Objects.requireNonNull(stored), true);
        } catch (DuplicateKeyException e) {
            return repeated(withKeyOf(job).orElseThrow(() -> e), job);
        }
    }

    private Optional<Job> withKeyOf(NewJob job) {
        return Optional.ofNullable(job.idempotencyKey()).flatMap(key -> store.findByIdempotencyKey(job.owner(), key));
    }

    private static Submission repeated(Job earlier, NewJob job) {
        if (!earlier.requestDigest().equals(job.digest())) {
            throw new IdempotencyKeyReusedException(earlier);
        }
        return new Submission(earlier, false);
    }

    /** Waits until a job has ended, or the time is over; the job as it is then, or empty if there is none. */
    public Optional<Job> await(UUID id, Duration atMost) throws InterruptedException {
        Instant until = clock.instant().plus(atMost);
        try (JobSignals.Subscription subscription = signals.subscribe(id)) {
            while (true) {
                Optional<Job> job = store.find(id);
                Duration left = Duration.between(clock.instant(), until);
                if (job.isEmpty() || job.get().state().ended() || left.isNegative() || left.isZero()) {
                    return job;
                }
                var unused = subscription.await(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
            }
        }
    }

    /** Ends a job early, keeping the best found so far; a job that has ended stays as it is. */
    public Optional<Job> cancel(UUID id) {
        Optional<Job> job = store.cancel(id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        execution.cancel(id);
        signals.changed(id);
        return job;
    }

    /** Removes a job and all that belongs to it, ending it if it runs. */
    public boolean delete(UUID id) {
        boolean deleted = store.delete(id);
        execution.cancel(id);
        signals.changed(id);
        return deleted;
    }

    static UUID jobOf(TaskInstance<Void> instance) {
        return UUID.fromString(instance.getId());
    }
}
