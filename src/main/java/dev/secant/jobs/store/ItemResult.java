package dev.secant.jobs.store;

import org.jspecify.annotations.Nullable;

/**
 * What came out of one item.
 *
 * @param item its index in the request
 * @param outcome how it ended
 * @param result JSON, in the form of the job's kind
 * @param trajectory JSON array of iterates, if asked for
 * @param error why it was skipped or failed
 */
public record ItemResult(
        int item, ItemOutcome outcome, @Nullable String result, @Nullable String trajectory, @Nullable String error) {

    /** An item with nothing to compute. */
    public static ItemResult skipped(int item, String reason) {
        return new ItemResult(item, ItemOutcome.SKIPPED, null, null, reason);
    }

    /** An item that could not be computed. */
    public static ItemResult failed(int item, String reason) {
        return new ItemResult(item, ItemOutcome.FAILED, null, null, reason);
    }
}
