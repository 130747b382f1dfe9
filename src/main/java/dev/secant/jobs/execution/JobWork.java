package dev.secant.jobs.execution;

import dev.secant.jobs.store.JobKind;

/** What the jobs of a kind do. */
public interface JobWork {

    /** The kind. */
    JobKind kind();

    /**
     * Computes the items that are not done, and adds an outcome for each to the run. Items that cannot be computed are
     * outcomes, not exceptions; an exception means the attempt as a whole failed and is made again.
     *
     * @throws dev.secant.jobs.devices.NotTriedException when the process shuts down or has no device in service
     */
    void run(JobRun run) throws InterruptedException;
}
