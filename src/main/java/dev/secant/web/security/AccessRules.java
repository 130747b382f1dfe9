package dev.secant.web.security;

import dev.secant.security.Scope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/** Which scope an operation needs. Everything outside of the API and the management endpoints is public: it holds no data. */
final class AccessRules {

    private static final String API = "/v1/**";
    private static final String KEYS = "/v1/keys/**";
    private static final String KEYS_START = "/v1/keys";
    private static final Set<String> READING =
            Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name());

    private AccessRules() {}

    /** The scope that a request needs. */
    static Scope scopeOf(HttpServletRequest request) {
        String path = request.getServletPath();
        if (path.equals(KEYS_START) || path.startsWith(KEYS_START + "/")) {
            return Scope.ADMIN;
        }
        return READING.contains(request.getMethod()) ? Scope.READ : Scope.SUBMIT;
    }

    /**
     * The rules of a service with authentication.
     *
     * @param separateManagement whether management endpoints have a port of their own, which only operators reach
     */
    static void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            boolean separateManagement) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                .permitAll();
        requests.requestMatchers("/actuator/health/**").permitAll();
        if (separateManagement) {
            requests.requestMatchers("/actuator/**").permitAll();
        } else {
            requests.requestMatchers("/actuator/**")
                    .hasAnyAuthority(Caller.authority(Scope.READ), Caller.authority(Scope.ADMIN));
        }
        requests.requestMatchers(KEYS).hasAuthority(Caller.authority(Scope.ADMIN));
        for (String method : READING) {
            requests.requestMatchers(HttpMethod.valueOf(method), API)
                    .hasAnyAuthority(Caller.authority(Scope.READ), Caller.authority(Scope.ADMIN));
        }
        requests.requestMatchers(API).hasAnyAuthority(Caller.authority(Scope.SUBMIT), Caller.authority(Scope.ADMIN));
        requests.anyRequest().permitAll();
    }
}
