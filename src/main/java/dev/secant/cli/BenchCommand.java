package dev.secant.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures; each of its commands prints what it measured and how. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = BenchFits.class,
        description = "Measures speed; see its commands.")
final class BenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut(), CommandLine.Help.Ansi.AUTO);
    }
}
