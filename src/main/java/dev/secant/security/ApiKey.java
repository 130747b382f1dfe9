package dev.secant.security;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key of a client as it is listed, without its secret.
 *
 * @param id public part of the key, 16 hexadecimal digits
 * @param name what it is for, in the words of who made it
 * @param owner whose jobs it sees and makes; {@code key:ID} unless it follows another key
 * @param scopes what it may do
 * @param createdAt when it was made
 * @param expiresAt from when on it is refused; null if never
 * @param lastUsedAt when it was last used, to a minute; null if never
 * @param revokedAt when it was revoked; null if it was not
 */
public record ApiKey(
        String id,
        String name,
        String owner,
        Set<Scope> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    /** What a key is good for at a moment. */
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** Its state at a moment. */
    public State state(Instant now) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return expiresAt != null && !expiresAt.isAfter(now) ? State.EXPIRED : State.ACTIVE;
    }
}
