package dev.secant.cli;

import ch.qos.logback.classic.Level;
import dev.secant.cli.keys.KeysCommand;
import dev.secant.cli.sequence.FitSequenceCommand;
import dev.secant.cli.views.FitViewsCommand;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line. Exit codes: 0 success, 1 the work failed, 2 the command line was wrong. */
@Command(
        name = "secant",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        subcommands = {
            ServeCommand.class,
            FitCommand.class,
            FitViewsCommand.class,
            FitSequenceCommand.class,
            MinimizeCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            TuneCommand.class,
            BenchCommand.class,
            BodyCommand.class,
            KeysCommand.class
        },
        description =
                "Fits bodies to keypoints, minimizes objectives and trains the networks used for both. Without a command, or with 'serve', starts the service.")
public final class SecantCommand implements Runnable {

    private static final String SERVE = "serve";

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    /**
     * Whether a command line starts the service: it has no command, or {@code serve}, and does not ask for help or the version.
     *
     * @param arguments as given to the program
     */
    public static boolean startsService(String... arguments) {
        boolean asks = Arrays.stream(arguments)
                .anyMatch(argument -> argument.equals("--help")
                        || argument.equals("-h")
                        || argument.equals("--version")
                        || argument.equals("-V"));
        boolean serves = arguments.length == 0 || arguments[0].equals(SERVE) || arguments[0].startsWith("--");
        return serves && !asks;
    }

    /** The settings of the service in a command line that {@link #startsService}. */
    public static String[] settings(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(SERVE)
                ? Arrays.copyOfRange(arguments, 1, arguments.length)
                : arguments;
    }

    /** The whole command line. */
    static CommandLine commandLine() {
        return new CommandLine(new SecantCommand());
    }

    /** Runs a command line that does not start the service; returns its exit code. */
    public static int execute(String... arguments) {
        quietLogging();
        CommandLine line = commandLine();
        // Settings of the service before --help belong to serve. Otherwise each command says for itself what it takes.
        if (arguments.length > 1 && arguments[0].startsWith("--")) {
            line.setUnmatchedArgumentsAllowed(true);
        }
        return line.setExecutionExceptionHandler((failure, failed, parsed) -> {
                    failed.getErr()
                            .println(
                                    failure instanceof NoSuchFileException missing
                                            ? "There is no file (%s).".formatted(missing.getFile())
                                            : failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    /** Prints the usage of a command that does nothing by itself. */
    static void usage(CommandSpec spec) {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Logback, which nothing has configured yet, would write everything that the engine logs. */
    private static void quietLogging() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    @Override
    public void run() {
        usage(spec);
    }
}
