package dev.secant.cli;

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
        version = "secant 0.1.0",
        subcommands = {FitCommand.class, TrainCommand.class, EvaluateCommand.class},
        description =
                "Fits bodies to keypoints and trains the networks for it. With no command, or with 'serve', starts the service.")
public final class SecantCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    /** Runs a command line; returns its exit code. */
    public static int execute(String... arguments) {
        return new CommandLine(new SecantCommand())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
