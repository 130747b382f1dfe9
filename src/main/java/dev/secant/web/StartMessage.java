package dev.secant.web;

import dev.secant.security.ApiKeys;
import dev.secant.security.SecurityMode;
import dev.secant.security.SecurityProperties;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Logs the address of the service once it is up, and who can reach it. */
@Component
final class StartMessage {

    private static final Logger log = LoggerFactory.getLogger(StartMessage.class);

    private final SecurityProperties security;
    private final ApiKeys keys;

    StartMessage(SecurityProperties security, ApiKeys keys) {
        this.security = security;
        this.keys = keys;
    }

    @EventListener
    void started(ApplicationReadyEvent event) {
        if (!(event.getApplicationContext() instanceof ServletWebServerApplicationContext context)
                || context.getWebServer() == null) {
            return;
        }
        Environment environment = context.getEnvironment();
        String address = environment.getProperty("server.address");
        log.info(
                "Secant is listening on http://localhost:{}{}; the page is at /, the API reference is at /docs.",
                context.getWebServer().getPort(),
                access(address));
        if (security.mode() == SecurityMode.NONE && !isLoopback(address)) {
            log.warn(
                    "There is no authentication, and the address ({}) can be reached from outside: whoever reaches it can read, cancel and"
                            + " delete every job. Maybe set secant.security.mode=keys, or server.address=127.0.0.1.",
                    address);
        }
        if (security.mode() == SecurityMode.KEYS && security.adminKey() == null && !keys.anyActive()) {
            log.warn(
                    "There is no active API key, so nobody can use the service. Maybe make one: secant keys create --name NAME.");
        }
    }

    private String access(@Nullable String address) {
        return switch (security.mode()) {
            case NONE -> isLoopback(address) ? ", for this machine only and without authentication" : "";
            case KEYS -> " for holders of an API key";
            case JWT -> " for holders of an OAuth 2 token";
        };
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
