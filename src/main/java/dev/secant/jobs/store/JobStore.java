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
     * @throws org.springframework.dao.DuplicateKeyException if a job of its owner has its idempotency key
     */
    Job insert(UUID id, NewJob job, Instant now);

    /** The job of an id. */
    Optional<Job> find(UUID id);

    /** The job of an owner's idempotency key. */
    Optional<Job> findByIdempotencyKey(String owner, String key);

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
     * @param runningShare see {@link Job#runningShare}
     * @return whether they were written; a void claim writes nothing
     */
    boolean write(JobLease lease, List<ItemResult> results, double runningShare, @Nullable End end);

    /** Adds results of a job of whose running items nothing is known. */
    default boolean write(JobLease lease, List<ItemResult> results, @Nullable End end) {
        return write(lease, results, 0, end);
    }

    /**
     * Replaces what is known of the items that run. The job's revision stays as it is; with the job's end it is forgotten.
     *
     * @param runningShare see {@link Job#runningShare}
     * @return whether it was written; a void claim writes nothing
     */
    boolean writeProgress(JobLease lease, double runningShare, List<RunningItem> items, Instant at);

    /** What is known of the items that run; empty if nothing is. */
    Optional<Progress> progress(UUID id);

    /**
     * The items that run, as they were at some moment.
     *
     * @param at when
     */
    record Progress(Instant at, List<RunningItem> items) {

        public Progress {
            items = List.copyOf(items);
        }
    }

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

    /** The items that have a result, ascending. */
    List<Integer> resultItems(UUID id);

    /**
     * A page of a job's results, without trajectories.
     *
     * @param from the first item
     * @param limit results at most
     */
    List<ItemResult> results(UUID id, int from, int limit);

    /** The result of an item, with its trajectory. */
    Optional<ItemResult> result(UUID id, int item);

    /** Ends a QUEUED job, and asks the worker of a RUNNING one to end it; others stay as they are. */
    Optional<Job> cancel(UUID id, Instant now);

    /** Jobs that are RUNNING and shall end early. */
    List<UUID> cancelRequested();

    /** Removes a job and all that belongs to it. */
    boolean delete(UUID id);

    /**
     * Removes payloads and results of jobs that ended before a time, and makes them EXPIRED: the oldest ones, each in a transaction of
     * its own, so that no lock is held for long.
     *
     * @param limit how many at most
     * @return how many; fewer than the limit once none is left
     */
    int expire(Instant endedBefore, int limit);

    /**
     * Removes jobs that ended before a time, like {@link #expire}.
     *
     * @param limit how many at most
     * @return how many; fewer than the limit once none is left
     */
    int purge(Instant endedBefore, int limit);
}
