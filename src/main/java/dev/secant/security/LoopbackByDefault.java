package dev.secant.security;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Lets a service without authentication listen on loopback only, unless {@code server.address} is set. */
public final class LoopbackByDefault implements EnvironmentPostProcessor, Ordered {

    static final String LOOPBACK = "127.0.0.1";

    private static final String ADDRESS = "server.address";
    private static final String MANAGEMENT_ADDRESS = "management.server.address";
    private static final String MANAGEMENT_PORT = "management.server.port";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        SecurityMode mode = Binder.get(environment)
                .bind("secant.security.mode", SecurityMode.class)
                .orElse(SecurityMode.NONE);
        if (mode != SecurityMode.NONE) {
            return;
        }
        Map<String, Object> defaults = new HashMap<>();
        if (!environment.containsProperty(ADDRESS)) {
            defaults.put(ADDRESS, LOOPBACK);
        }
        // Spring Boot takes an address for management only where that has a port of its own.
        if (environment.containsProperty(MANAGEMENT_PORT) && !environment.containsProperty(MANAGEMENT_ADDRESS)) {
            defaults.put(MANAGEMENT_ADDRESS, environment.getProperty(ADDRESS, LOOPBACK));
        }
        environment.getPropertySources().addLast(new MapPropertySource("loopbackByDefault", defaults));
    }

    /** After the configuration files have been read. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
