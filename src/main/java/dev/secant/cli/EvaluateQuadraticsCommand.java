package dev.secant.cli;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.evaluation.report.QuadraticsReport;
import dev.secant.training.TrainingVariant;
import dev.secant.training.VariantTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures methods on random quadratics. */
@Command(
        name = "quadratics",
        mixinStandardHelpOptions = true,
        description = "Compares methods on random quadratics with the Krylov bound; writes tables and figures.")
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
final class EvaluateQuadraticsCommand implements Callable<Integer> {

    private static final int TRAINING_STEPS = 300;
    private static final double LEARNING_RATE = 0.002;

    @Option(
            names = "--out",
            defaultValue = "docs/results",
            description = "Output directory (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--dimensions",
            split = ",",
            defaultValue = "20,50",
            description = "Numbers of variables, one table each (default: ${DEFAULT-VALUE}).")
    private int[] dimensions;

    @Option(names = "--items", defaultValue = "64", description = "Problems per table (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(names = "--steps", defaultValue = "40", description = "Steps per run (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--memories",
            split = ",",
            defaultValue = "4,16,64",
            description = "Memory sizes L of published L-SR1, one row each (default: ${DEFAULT-VALUE}).")
    private int[] memories;

    @Option(
            names = "--seed",
            defaultValue = "20261124",
            description = "Random seed of the problems (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--seeds",
            defaultValue = "0",
            description =
                    "Small trainings of published L-SR1, of each variant with and without its secant term, to take part beside the checkpoints (${DEFAULT-VALUE}); about a minute each on one core.")
    private int seeds;

    @Option(
            names = "--trainings",
            paramLabel = "DIR",
            defaultValue = "runs/quadratics",
            description =
                    "Directory of these checkpoints; existing ones are not trained again (default: ${DEFAULT-VALUE}).")
    private Path trainings;

    @Mixin
    private CheckpointFolders checkpoints;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String command =
                "java -jar target/secant.jar evaluate quadratics --dimensions %s --items %d --steps %d --memories %s --seed %d --seeds %d%s"
                        .formatted(
                                Numbers.joined(dimensions),
                                items,
                                steps,
                                Numbers.joined(memories),
                                seed,
                                seeds,
                                checkpoints.arguments());
        if (seeds < 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "The seeds (%d) must not be negative.".formatted(seeds));
        }
        List<Checkpoint> taking = new ArrayList<>(checkpoints.read());
        if (seeds > 0) {
            VariantTraining training = new VariantTraining(trainings, TRAINING_STEPS, LEARNING_RATE);
            VariantTrainings.train("quadratics", training, TrainingVariant.secantTerm(), seeds)
                    .forEach(taking::addAll);
        }
        String markdown = new QuadraticsReport(
                        new QuadraticsReport.Settings(dimensions, items, steps, memories, seed), taking)
                .write(out, command);
        spec.commandLine().getOut().println(markdown);
        return 0;
    }
}
