package dev.secant.jobs.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A job to store.
 *
 * @param kind what it computes
 * @param items how many items it has
 * @param payload what is asked, JSON in the form of the kind
 * @param idempotencyKey the client's key, if it gave one
 */
public record NewJob(JobKind kind, int items, String payload, @Nullable String idempotencyKey) {

    public NewJob {
        if (items < 1) {
            throw new IllegalArgumentException("The items (%d) of a job must be positive.".formatted(items));
        }
    }

    /** SHA-256 of kind and payload, hexadecimal: equal for equal requests. */
    public String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(kind.name().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest(payload.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
