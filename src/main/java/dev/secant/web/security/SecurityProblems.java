package dev.secant.web.security;

import dev.secant.web.errors.ProblemType;
import dev.secant.web.errors.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Answers requests that are not let through, with a challenge (RFC 6750, section 3) and problem details. */
@Component
final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private static final String CHALLENGE = "Bearer realm=\"secant\"";

    private final ProblemWriter problems;

    SecurityProblems(ProblemWriter problems) {
        this.problems = problems;
    }

    /** Without credentials, or with wrong ones. What is wrong with them is not told. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                e instanceof OAuth2AuthenticationException ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE);
        problems.write(ProblemType.AUTHENTICATION_REQUIRED, request, response);
    }

    /** Without the scope. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        String scope = AccessRules.scopeOf(request).id();
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                CHALLENGE + ", error=\"insufficient_scope\", scope=\"%s\"".formatted(scope));
        problems.write(
                ProblemType.INSUFFICIENT_SCOPE,
                "This operation needs the scope %s.".formatted(scope),
                request,
                response);
    }

    /** Of a form that is not accepted. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
            throws IOException {
        problems.writeRejected(request, response);
    }
}
