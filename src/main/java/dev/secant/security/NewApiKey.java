package dev.secant.security;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key to make.
 *
 * @param name what it is for, 1 to 100 characters
 * @param scopes what it may do, at least one
 * @param lifetime how long it may be used, at most a hundred years; null for ever
 * @param ownerOf id of a key whose jobs it is to share, when it is to replace that; null for jobs of its own
 */
public record NewApiKey(String name, Set<Scope> scopes, @Nullable Duration lifetime, @Nullable String ownerOf) {

    /** Characters of a name at most. */
    public static final int MAX_NAME = 100;

    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** @throws IllegalArgumentException if a value is out of its bounds */
    public NewApiKey {
        scopes = Set.copyOf(scopes);
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "The name (%s) must have between 1 and %d characters.".formatted(name, MAX_NAME));
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("A key needs a scope: submit, read or admin.");
        }
        if (lifetime != null && (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    "The lifetime (%s) must be positive and at most %d days.".formatted(lifetime, LONGEST.toDays()));
        }
    }
}
