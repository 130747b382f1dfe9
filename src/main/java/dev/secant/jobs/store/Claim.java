package dev.secant.jobs.store;

import java.util.Set;
import java.util.UUID;

/**
 * A worker's hold on a job. Only the holder of the latest claim may write, so a worker that was thought dead, and comes
 * back, changes nothing.
 *
 * @param job the job as it was claimed
 * @param token what the writes of this claim are checked against
 * @param payload what is asked
 * @param doneItems items that an earlier claim finished
 */
public record Claim(Job job, UUID token, String payload, Set<Integer> doneItems) {

    public Claim {
        doneItems = Set.copyOf(doneItems);
    }
}
