package dev.secant.web.security;

import dev.secant.security.ApiKeys;
import dev.secant.security.Scope;
import dev.secant.security.SecurityMode;
import dev.secant.security.SecurityProperties;
import dev.secant.web.WebProperties;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Wires authentication. There are no sessions and no cookies, so requests of foreign pages carry no rights. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityConfiguration {

    @Bean
    ApiKeys apiKeys(JdbcClient jdbc, Clock secantClock) {
        return new ApiKeys(jdbc, secantClock, new SecureRandom());
    }

    @Bean
    OAuth2TokenValidator<Jwt> tokensHaveSubjects() {
        return TokenScopes.subjects();
    }

    @Bean
    HttpFirewall httpFirewall(SecurityProperties security, WebProperties web, Environment environment) {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        LoopbackHosts hosts = new LoopbackHosts(web.allowedHosts());
        if (security.mode() == SecurityMode.NONE && hosts.contains(environment.getProperty("server.address", ""))) {
            firewall.setAllowedHostnames(hosts::contains);
        }
        return firewall;
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            SecurityProperties properties,
            SecurityProblems problems,
            Authentications authentications,
            Environment environment) {
        http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .headers(SecurityHeaders::apply);
        if (properties.mode() == SecurityMode.NONE) {
            return http.anonymous(nobody -> nobody.authorities(Caller.authority(Scope.ADMIN)))
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
        boolean separate = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
        return http.authorizeHttpRequests(requests -> AccessRules.apply(requests, separate))
                .oauth2ResourceServer(server -> authentications.apply(server.bearerTokenResolver(new TokenResolver())
                        .authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems)))
                .build();
    }

    @Bean
    Authentications authentications(SecurityProperties properties, ApiKeys keys, ObjectProvider<JwtDecoder> decoders) {
        return new Authentications(properties, keys, decoders);
    }

    /** How keys and tokens are verified. */
    record Authentications(SecurityProperties properties, ApiKeys keys, ObjectProvider<JwtDecoder> decoders) {

        void apply(OAuth2ResourceServerConfigurer<HttpSecurity> server) {
            if (properties.mode() == SecurityMode.KEYS) {
                server.opaqueToken(keys -> keys.introspector(new KeyIntrospector(this.keys, properties.adminKey())));
            } else {
                server.jwt(tokens ->
                        tokens.decoder(decoder()).jwtAuthenticationConverter(new TokenScopes(properties.jwt())));
            }
        }

        private JwtDecoder decoder() {
            JwtDecoder decoder = decoders.getIfAvailable();
            if (decoder == null) {
                throw new IllegalStateException(
                        "secant.security.mode=jwt needs to know whose tokens to trust. Maybe set"
                                + " spring.security.oauth2.resourceserver.jwt.issuer-uri.");
            }
            return decoder;
        }
    }
}
