package dev.secant.jobs.store;

/** The states of a job. */
public enum JobState {
    /** Stored, and waiting for a worker. */
    QUEUED,
    /** Claimed by a worker. A worker that dies leaves it here until another claims it. */
    RUNNING,
    /** Ended: every item that had something to compute has a result. */
    SUCCEEDED,
    /** Ended: at least one item could not be computed; the others' results are kept. */
    FAILED,
    /** Ended on request; items that had started keep the best found so far. */
    CANCELLED,
    /** Ended, and its request and results were removed because their retention has passed. */
    EXPIRED;

    /** Whether nothing more will be computed. */
    public boolean ended() {
        return this != QUEUED && this != RUNNING;
    }
}
