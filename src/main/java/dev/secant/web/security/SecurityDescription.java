package dev.secant.web.security;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Describes authentication in the contract. It does not depend on the mode: one contract describes every deployment. */
@Component
final class SecurityDescription implements OpenApiCustomizer {

    private static final String BEARER = "bearer";
    private static final String KEY = "apiKey";

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addSecuritySchemes(
                        BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "An API key (sk_...) or an OAuth 2 access token. Reading needs the scope read, everything else submit;"
                                                + " admin includes both and sees everybody's jobs."))
                .addSecuritySchemes(
                        KEY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name(TokenResolver.HEADER)
                                .description("The same API key, for clients that cannot set Authorization"));
        // The empty requirement: a service without authentication, which is the default on loopback.
        api.addSecurityItem(new SecurityRequirement())
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .addSecurityItem(new SecurityRequirement().addList(KEY));
    }
}
