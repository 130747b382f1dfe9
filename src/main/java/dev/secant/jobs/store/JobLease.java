package dev.secant.jobs.store;

import java.util.Set;
import java.util.UUID;

/**
 * A worker's hold on a job. Only the holder of the latest lease may write, so a worker that was thought dead, and comes
 * back, changes nothing.
 *
 * @param job the job as it was claimed
 * @param token what the writes of this lease are checked against
 * @param payload what is asked
 * @param doneItems items that an earlier lease finished
 */
public record JobLease(Job job, UUID token, String payload, Set<Integer> doneItems) {

    public JobLease {
        doneItems = Set.copyOf(doneItems);
    }
}
