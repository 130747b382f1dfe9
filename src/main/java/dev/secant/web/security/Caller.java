package dev.secant.web.security;

import dev.secant.security.Scope;
import java.util.Optional;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who sent the request that this thread works on.
 *
 * @param owner the owner of jobs that it creates; empty without authentication
 * @param seesAll whether it sees everybody's jobs: with the scope admin, and without authentication
 */
public record Caller(String owner, boolean seesAll) {

    private static final String SCOPE = "SCOPE_";

    /**
     * The caller of the request on this thread.
     *
     * @throws IllegalStateException outside of a request, and for a request that had to authenticate and did not
     */
    public static Caller current() {
        Authentication authentication = Optional.ofNullable(
                        SecurityContextHolder.getContext().getAuthentication())
                .orElseThrow(() -> new IllegalStateException("This thread serves no request."));
        boolean seesAll = authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(authority(Scope.ADMIN)::equals);
        if (authentication instanceof AnonymousAuthenticationToken) {
            if (!seesAll) {
                throw new IllegalStateException("The request has not been authenticated.");
            }
            return new Caller("", true);
        }
        return new Caller(authentication.getName(), seesAll);
    }

    /** Whether it sees the jobs of an owner. */
    public boolean sees(String jobOwner) {
        return seesAll || owner.equals(jobOwner);
    }

    /** A scope as Spring Security names it. */
    static String authority(Scope scope) {
        return SCOPE + scope.id();
    }
}
