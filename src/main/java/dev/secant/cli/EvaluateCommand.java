package dev.secant.cli;

import picocli.CommandLine.Command;

/** Measures methods and networks. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        subcommands = {EvaluateQuadraticsCommand.class, EvaluateFunctionsCommand.class},
        description = "Measures methods and networks; see its commands.")
final class EvaluateCommand implements Runnable {

    @Override
    public void run() {
        SecantCommand.execute("evaluate", "--help");
    }
}
