package dev.secant.jobs.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where jobs are kept. Each method is one transaction, or joins the caller's. */
public interface JobStore {

    /**
     * Stores a job, QUEUED, and its payload.
     *
     * @throws org.springframework.dao.DuplicateKeyException if a job has its idempotency key
     */
    Job insert(UUID id, NewJob job, Instant now);

    /** The job of an id. */
    Optional<Job> find(UUID id);

    /** The job of an idempotency key. */
    Optional<Job> findByIdempotencyKey(String key);

    /** Jobs, newest first. */
    List<Job> list(JobFilter filter);

    /** How many jobs there are in each state; a state without jobs is 0. */
    Map<JobState, Long> counts();

    /** How many jobs are QUEUED. */
    long queued();

    /** What a job was asked, unless it has expired. */
    Optional<String> payload(UUID id);

    /**
     * Takes a job that is QUEUED, or RUNNING under a worker that died, and makes every earlier claim void.
     *
     * @return empty if there is nothing left to do
     */
    Optional<JobLease> claim(UUID id, UUID token, Instant now);

    /** Gives an unfinished job back to the queue, as if it had not been claimed. Void claims change nothing. */
    void release(JobLease lease);

    /**
     * Adds results, and with an end the job's last state.
     *
     * @return whether they were written; a void claim writes nothing
     */
    boolean write(JobLease lease, List<ItemResult> results, @Nullable End end);

    /**
     * A job's end.
     *
     * @param state its last state
     * @param error why it failed
     * @param at when
     */
    record End(JobState state, @Nullable String error, Instant at) {}

    /** A job's results in the order of its items, without trajectories. */
    List<ItemResult> results(UUID id);

    /** The result of an item, with its trajectory. */
    Optional<ItemResult> result(UUID id, int item);

    /** Ends a QUEUED job, and asks the worker of a RUNNING one to end it; others stay as they are. */
    Optional<Job> cancel(UUID id, Instant now);

    /** Jobs that are RUNNING and shall end early. */
    List<UUID> cancelRequested();

    /** Removes a job and all that belongs to it. */
    boolean delete(UUID id);

    /** Removes payloads and results of jobs that ended before a time, and makes them EXPIRED. */
    int expire(Instant endedBefore);

    /** Removes jobs that ended before a time. */
    int purge(Instant endedBefore);
}
