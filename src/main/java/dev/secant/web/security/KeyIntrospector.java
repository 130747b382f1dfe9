package dev.secant.web.security;

import dev.secant.security.ApiKey;
import dev.secant.security.ApiKeys;
import dev.secant.security.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** Looks up API keys for Spring Security, for which they are opaque bearer tokens. */
final class KeyIntrospector implements OpaqueTokenIntrospector {

    /** The owner of jobs that the operator's own key creates. */
    private static final String OPERATOR = "key:operator";

    private final ApiKeys keys;
    private final byte @Nullable [] adminKey;

    /** @param adminKey the operator's own key, or null */
    KeyIntrospector(ApiKeys keys, @Nullable String adminKey) {
        this.keys = keys;
        this.adminKey = adminKey == null ? null : adminKey.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws BadOpaqueTokenException if the key is unknown, expired or revoked */
    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        if (adminKey != null && MessageDigest.isEqual(adminKey, token.getBytes(StandardCharsets.UTF_8))) {
            return principal(OPERATOR, OPERATOR, Set.of(Scope.ADMIN));
        }
        ApiKey key = keys.authenticate(token)
                .orElseThrow(() -> new BadOpaqueTokenException("The key is unknown, expired or revoked."));
        return principal(key.id(), key.owner(), key.scopes());
    }

    private static OAuth2AuthenticatedPrincipal principal(String id, String owner, Collection<Scope> scopes) {
        Collection<GrantedAuthority> authorities = scopes.stream()
                .<GrantedAuthority>map(scope -> new SimpleGrantedAuthority(Caller.authority(scope)))
                .toList();
        return new DefaultOAuth2AuthenticatedPrincipal(owner, Map.of("key", id), authorities);
    }
}
