package dev.secant.jobs.store;

import java.util.EnumSet;
import java.util.Set;

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

    /** The states that may follow this one. */
    public Set<JobState> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(RUNNING, CANCELLED);
            case RUNNING -> EnumSet.of(QUEUED, SUCCEEDED, FAILED, CANCELLED);
            case SUCCEEDED, FAILED, CANCELLED -> EnumSet.of(EXPIRED);
            case EXPIRED -> EnumSet.noneOf(JobState.class);
        };
    }
}
