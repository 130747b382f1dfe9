package dev.secant.cli;

import ch.qos.logback.classic.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The root of the command line. Exit codes: 0 done, 1 the work failed, 2 the command line was wrong.
 *
 * <p>{@code serve} is not among its classes: the application itself starts the service.
 */
@Command(
        name = "secant",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        subcommands = {
            FitCommand.class,
            MinimizeCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            TuneCommand.class,
            BenchCommand.class,
            BodyCommand.class
        },
        description =
                "Fits bodies to keypoints, minimizes objectives, and trains the networks for it. With no command, or with 'serve', starts the service.")
public final class SecantCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    /** Runs a command line; returns its exit code. */
    public static int execute(String... arguments) {
        quietLogging();
        return new CommandLine(new SecantCommand())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    /** Logback, which nothing has configured yet, would write everything that the engine has to say. */
    private static void quietLogging() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
