package dev.secant.cli;

import dev.secant.evaluation.QuadraticsReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures methods on random quadratics. */
@Command(
        name = "quadratics",
        mixinStandardHelpOptions = true,
        description = "Measures methods on random quadratics beside the Krylov limit; writes tables and figures.")
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
final class EvaluateQuadraticsCommand implements Callable<Integer> {

    @Option(names = "--out", defaultValue = "docs/results", description = "Where they go (${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--dimensions",
            split = ",",
            defaultValue = "20,50",
            description = "Variables, one table each (${DEFAULT-VALUE}).")
    private int[] dimensions;

    @Option(names = "--items", defaultValue = "64", description = "Problems a table (${DEFAULT-VALUE}).")
    private int items;

    @Option(names = "--steps", defaultValue = "40", description = "Steps of each run (${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--memories",
            split = ",",
            defaultValue = "4,16,64",
            description = "L of published L-SR1, a row each (${DEFAULT-VALUE}).")
    private int[] memories;

    @Option(names = "--seed", defaultValue = "20261124", description = "Of the problems (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private CheckpointFolders checkpoints;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String command =
                "java -jar target/secant.jar evaluate quadratics --dimensions %s --items %d --steps %d --memories %s --seed %d%s"
                        .formatted(
                                Numbers.joined(dimensions),
                                items,
                                steps,
                                Numbers.joined(memories),
                                seed,
                                checkpoints.arguments());
        String markdown = new QuadraticsReport(
                        new QuadraticsReport.Settings(dimensions, items, steps, memories, seed), checkpoints.read())
                .write(out, command);
        spec.commandLine().getOut().println(markdown);
        return 0;
    }
}
