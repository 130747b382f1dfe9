package dev.secant.web.security;

import dev.secant.web.WebProperties;
import dev.secant.web.errors.ProblemType;
import dev.secant.web.errors.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets pages of the configured origins call the API. Credentials of browsers are never used: a page sends its key itself. */
@Configuration(proxyBeanMethods = false)
class CrossOriginConfiguration {

    private static final Duration MAX_AGE = Duration.ofHours(1);

    /** Before authentication: a preflight request carries no key. */
    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(WebProperties properties, ProblemWriter problems) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!properties.cors().allowedOrigins().isEmpty()) {
            source.registerCorsConfiguration("/v1/**", rules(properties.cors().allowedOrigins()));
        }
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new Processor(problems));
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
        return registration;
    }

    private static CorsConfiguration rules(List<String> origins) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
        rules.setAllowedHeaders(List.of(
                HttpHeaders.ACCEPT,
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                TokenResolver.HEADER,
                "Prefer",
                "Idempotency-Key",
                "Last-Event-ID"));
        rules.setExposedHeaders(List.of(
                HttpHeaders.CONTENT_DISPOSITION,
                HttpHeaders.ETAG,
                HttpHeaders.LOCATION,
                HttpHeaders.RETRY_AFTER,
                HttpHeaders.WWW_AUTHENTICATE,
                "Preference-Applied"));
        rules.setAllowCredentials(false);
        rules.setMaxAge(MAX_AGE);
        return rules;
    }

    /** Refuses in the form of the other errors. */
    private static final class Processor implements CorsProcessor {

        private final ProblemWriter problems;
        private final DefaultCorsProcessor rules = new DefaultCorsProcessor() {
            @Override
            protected void rejectRequest(ServerHttpResponse response) {
                // The answer is written below.
            }
        };

        Processor(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        public boolean processRequest(
                @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            boolean preflight = CorsUtils.isPreFlightRequest(request);
            boolean allowed =
                    configuration == null ? !preflight : rules.processRequest(configuration, request, response);
            if (!allowed) {
                problems.write(
                        ProblemType.ORIGIN_NOT_ALLOWED,
                        ProblemType.ORIGIN_NOT_ALLOWED.description(),
                        request,
                        response);
            }
            return allowed;
        }
    }
}
