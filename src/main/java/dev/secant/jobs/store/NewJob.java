package dev.secant.jobs.store;

import dev.secant.io.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A job to store.
 *
 * @param kind what it computes
 * @param owner whose it is; empty without authentication
 * @param items how many items it has
 * @param payload what is asked, JSON in the form of the kind
 * @param idempotencyKey the client's key, if it gave one; each owner has its own
 */
public record NewJob(JobKind kind, String owner, int items, String payload, @Nullable String idempotencyKey) {

    public NewJob {
        if (items < 1) {
            throw new IllegalArgumentException("The items (%d) of a job must be positive.".formatted(items));
        }
    }

    /** SHA-256 of kind and payload, hexadecimal: equal for equal requests. */
    public String digest() {
        return new Sha256().add(kind.name()).add(payload).hex();
    }
}
