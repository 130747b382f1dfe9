package dev.secant.cli;

import dev.secant.evaluation.report.FunctionsReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures methods on Rosenbrock's and Rastrigin's function. */
@Command(
        name = "functions",
        mixinStandardHelpOptions = true,
        description =
                "Compares methods on the Rosenbrock and Rastrigin functions at equal numbers of evaluations; writes tables.")
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
final class EvaluateFunctionsCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            defaultValue = "docs/results",
            description = "Output directory (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--dimensions",
            split = ",",
            defaultValue = "10,50",
            description = "Numbers of variables, one table each (default: ${DEFAULT-VALUE}).")
    private int[] dimensions;

    @Option(names = "--items", defaultValue = "64", description = "Starts per table (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(
            names = "--seed",
            defaultValue = "20261124",
            description = "Random seed of the starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @CommandLine.Mixin
    private CheckpointFolders checkpoints;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String command = "java -jar target/secant.jar evaluate functions --dimensions %s --items %d --seed %d%s"
                .formatted(Numbers.joined(dimensions), items, seed, checkpoints.arguments());
        String markdown = new FunctionsReport(new FunctionsReport.Settings(dimensions, items, seed), checkpoints.read())
                .write(out, command);
        spec.commandLine().getOut().println(markdown);
        return 0;
    }
}
