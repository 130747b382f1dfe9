package dev.secant.web.security;

import dev.secant.security.Scope;
import dev.secant.security.SecurityProperties;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;

/** Turns a token that has been verified into its subject and scopes. */
final class TokenScopes implements Converter<Jwt, AbstractAuthenticationToken> {

    private static final String SUBJECT = "sub:";

    /** An owner is kept in 255 characters. */
    private static final int LONGEST_SUBJECT = 250;

    private final JwtGrantedAuthoritiesConverter claims = new JwtGrantedAuthoritiesConverter();
    private final String prefix;

    TokenScopes(SecurityProperties.Jwt settings) {
        claims.setAuthorityPrefix("");
        if (settings.scopeClaim() != null) {
            claims.setAuthoritiesClaimName(settings.scopeClaim());
        }
        this.prefix = settings.scopePrefix();
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        Collection<GrantedAuthority> scopes = claims.convert(token).stream()
                .map(authority -> Objects.requireNonNullElse(authority.getAuthority(), ""))
                .filter(name -> name.startsWith(prefix))
                .map(name -> Scope.of(name.substring(prefix.length())))
                .flatMap(Optional::stream)
                .map(scope -> new SimpleGrantedAuthority(Caller.authority(scope)))
                .collect(Collectors.toSet());
        return new JwtAuthenticationToken(token, scopes, SUBJECT + token.getSubject());
    }

    /** Refuses tokens without a subject: jobs need an owner. */
    static OAuth2TokenValidator<Jwt> subjects() {
        return token -> {
            String subject = token.getSubject();
            return subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT
                    ? OAuth2TokenValidatorResult.failure(new OAuth2Error(
                            OAuth2ErrorCodes.INVALID_TOKEN,
                            "The subject must have between 1 and %d characters.".formatted(LONGEST_SUBJECT),
                            null))
                    : OAuth2TokenValidatorResult.success();
        };
    }
}
