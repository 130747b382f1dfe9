package dev.secant.jobs.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as stored. What was asked and what came out are stored beside it and read apart.
 *
 * @param id UUID version 7, so ids sort by time of creation
 * @param kind what it computes
 * @param owner whose it is; empty if it was taken without authentication
 * @param state where it is
 * @param counts its items
 * @param runningShare of the items that are being computed, the fractions that are done, summed up; 0 where nothing is known
 * @param attempt how often a worker has claimed it
 * @param cancelRequested whether it shall end early
 * @param idempotencyKey the client's key, if it gave one
 * @param requestDigest SHA-256 of kind and payload, hexadecimal
 * @param error why it failed
 * @param createdAt when it was accepted
 * @param startedAt when a worker first claimed it
 * @param finishedAt when it ended
 * @param revision grows with every change
 */
public record Job(
        UUID id,
        JobKind kind,
        String owner,
        JobState state,
        ItemCounts counts,
        double runningShare,
        int attempt,
        boolean cancelRequested,
        @Nullable String idempotencyKey,
        String requestDigest,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long revision) {

    /** The share of the job that is done, 0 to 1; running items count by their fraction. */
    public double progress() {
        return Math.min(1, (counts.done() + runningShare) / counts.total());
    }

    /**
     * How many items of a job are where; those in no other count are waiting or running.
     *
     * @param total all
     */
    public record ItemCounts(int total, int succeeded, int skipped, int failed, int cancelled) {

        /** Items with an outcome. */
        public int done() {
            return succeeded + skipped + failed + cancelled;
        }

        /** The counts with one more item of an outcome. */
        public ItemCounts plus(ItemOutcome outcome) {
            return switch (outcome) {
                case SUCCEEDED -> new ItemCounts(total, succeeded + 1, skipped, failed, cancelled);
                case SKIPPED -> new ItemCounts(total, succeeded, skipped + 1, failed, cancelled);
                case FAILED -> new ItemCounts(total, succeeded, skipped, failed + 1, cancelled);
                case CANCELLED -> new ItemCounts(total, succeeded, skipped, failed, cancelled + 1);
            };
        }
    }
}
