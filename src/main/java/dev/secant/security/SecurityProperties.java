package dev.secant.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of authentication: {@code secant.security.*}.
 *
 * @param mode how clients authenticate
 * @param adminKey with the mode KEYS, a key of the operator's own choice with the scope admin, at least 32 characters; null for none
 * @param jwt how tokens are read; whose tokens are trusted is set by {@code spring.security.oauth2.resourceserver.jwt.*}
 */
@ConfigurationProperties("secant.security")
public record SecurityProperties(
        @DefaultValue("none") SecurityMode mode, @Nullable String adminKey, @DefaultValue Jwt jwt) {

    private static final int SHORTEST_KEY = 32;

    public SecurityProperties {
        if (adminKey != null && adminKey.isEmpty()) {
            adminKey = null;
        }
        if (adminKey != null && adminKey.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "The value of secant.security.admin-key has %d characters; it needs at least %d. Maybe take the output of: openssl rand -hex 32"
                            .formatted(adminKey.length(), SHORTEST_KEY));
        }
    }

    /** Without the key: this may end up in a log. */
    @Override
    public String toString() {
        return "SecurityProperties[mode=%s, jwt=%s]".formatted(mode, jwt);
    }

    /**
     * How scopes are found in a token.
     *
     * @param scopeClaim the claim with the scopes, a list or a text set apart by blanks; {@code scope} or {@code scp} if null
     * @param scopePrefix what stands before the name of each scope of this service, for example {@code secant:}; others are ignored
     */
    public record Jwt(@Nullable String scopeClaim, @DefaultValue("") String scopePrefix) {}
}
