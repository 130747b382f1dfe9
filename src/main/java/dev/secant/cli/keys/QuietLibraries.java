package dev.secant.cli.keys;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;

/** Lets libraries log nothing until it is closed: standard output is for the command's own, and what fails is said by the command. */
final class QuietLibraries implements AutoCloseable {

    private static final List<String> LOGGERS = List.of("org.flywaydb", "org.springframework", "com.zaxxer.hikari");

    private final LoggingSystem logging = LoggingSystem.get(QuietLibraries.class.getClassLoader());
    private final List<@Nullable LogLevel> before = new ArrayList<>();

    QuietLibraries() {
        for (String name : LOGGERS) {
            LoggerConfiguration configuration = logging.getLoggerConfiguration(name);
            before.add(configuration == null ? null : configuration.getConfiguredLevel());
            logging.setLogLevel(name, LogLevel.OFF);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < LOGGERS.size(); i++) {
            logging.setLogLevel(LOGGERS.get(i), before.get(i));
        }
    }
}
