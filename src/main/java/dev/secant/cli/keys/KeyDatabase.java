package dev.secant.cli.keys;

import dev.secant.security.ApiKeys;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.BeansException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The service's database, found by the service's own settings, for commands that work on it without the service. */
final class KeyDatabase implements AutoCloseable {

    /** H2's code for a file that another process has open. */
    private static final int IN_USE = 90020;

    /** Anything else is a misspelt option of the command. */
    private static final Pattern SETTING = Pattern.compile("--(secant|spring)\\.[a-zA-Z0-9.\\[\\]-]+=.*");

    private final AnnotationConfigApplicationContext context;
    private final QuietLibraries quiet;

    private KeyDatabase(AnnotationConfigApplicationContext context, QuietLibraries quiet) {
        this.context = context;
        this.quiet = quiet;
    }

    /** The part of the service that knows the database. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    static final class DatabaseOnly {}

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param settings as the service takes them, {@code --NAME=VALUE}; before environment variables and application.yaml
     * @throws CommandLine.ParameterException if an argument is not a setting
     * @throws IllegalStateException if the database cannot be opened
     */
    static KeyDatabase open(CommandSpec spec, List<String> settings) {
        for (String setting : settings) {
            if (!SETTING.matcher(setting).matches()) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "Unknown argument: %s. Settings of the service look like --secant.home=DIR."
                                .formatted(setting));
            }
        }
        return open(settings);
    }

    private static KeyDatabase open(List<String> settings) {
        QuietLibraries quiet = new QuietLibraries();
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(settings.toArray(String[]::new)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setEnvironment(environment);
        context.register(DatabaseOnly.class);
        try {
            context.refresh();
        } catch (BeansException e) {
            context.close();
            quiet.close();
            throw new IllegalStateException(complaint(e), e);
        }
        return new KeyDatabase(context, quiet);
    }

    private static String complaint(BeansException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == IN_USE) {
                return "The database is in use by a running service, and its file is for one process. Maybe use the running service:"
                        + " POST /v1/keys with a key of the scope admin; or stop it first.";
            }
        }
        return "The database cannot be opened: %s"
                .formatted(e.getMostSpecificCause().getMessage());
    }

    /** Its keys. */
    ApiKeys keys() {
        return new ApiKeys(context.getBean(JdbcClient.class), Clock.systemUTC(), new SecureRandom());
    }

    @Override
    public void close() {
        context.close();
        quiet.close();
    }
}
