package dev.secant.web.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/** Finds the key or token of a request: {@code Authorization: Bearer}, or {@code X-API-Key}. Never in the address, which ends up in logs. */
final class TokenResolver implements BearerTokenResolver {

    static final String HEADER = "X-API-Key";

    private final BearerTokenResolver bearer = new DefaultBearerTokenResolver();

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String token = bearer.resolve(request);
        if (token != null) {
            return token;
        }
        String key = request.getHeader(HEADER);
        return key == null || key.isBlank() ? null : key.strip();
    }
}
