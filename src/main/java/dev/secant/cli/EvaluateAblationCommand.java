package dev.secant.cli;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.evaluation.report.AblationReport;
import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.training.MetaTraining;
import dev.secant.training.TrainingVariant;
import dev.secant.training.VariantTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains variants of L-SR1 and compares them. */
@Command(
        name = "ablation",
        mixinStandardHelpOptions = true,
        description = {
            "Meta-trains L-SR1 on random quadratics with one thing changed at a time (encoder inputs, hidden width, memory L, unrolled iterations K, weight lambda of the secant term, learning-rate scale a1 and exponent a2) and writes one table.",
            "With the defaults 20 to 30 minutes on one core. What is in the folder of trainings already is not trained again, so a run that was stopped goes on."
        })
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
final class EvaluateAblationCommand implements Callable<Integer> {

    private static final double RATE_SCALE = 0.1;
    private static final double RATE_EXPONENT = 1;
    private static final double SECANT_WEIGHT = 10;
    private static final int MEMORY = 16;

    @Option(
            names = "--out",
            defaultValue = "docs/results",
            description = "Output directory (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--trainings",
            paramLabel = "DIR",
            defaultValue = "runs/ablation",
            description = "Directory of the trained variants (default: ${DEFAULT-VALUE}).")
    private Path trainings;

    @Option(
            names = "--dimension",
            defaultValue = "20",
            description = "Number of variables (default: ${DEFAULT-VALUE}).")
    private int dimension;

    @Option(names = "--batch", defaultValue = "16", description = "Problems per meta-step (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--iterations",
            defaultValue = "10",
            description = "Unrolled iterations K of the reference variant (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--hidden",
            defaultValue = "32",
            description = "Hidden width of the reference variant (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(
            names = "--steps",
            defaultValue = "300",
            description = "Meta-steps per training (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--learning-rate",
            defaultValue = "0.002",
            description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(names = "--seeds", defaultValue = "2", description = "Trainings per variant (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--items",
            defaultValue = "64",
            description = "Number of evaluation problems (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(
            names = "--seed",
            defaultValue = "20261124",
            description = "Random seed of the evaluation problems (default: ${DEFAULT-VALUE}).")
    private long seed;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        AblationReport.Settings measured;
        VariantTraining training;
        List<TrainingVariant> grid;
        try {
            if (seeds < 1) {
                throw new IllegalArgumentException("The seeds (%d) of an ablation must be positive.".formatted(seeds));
            }
            measured = new AblationReport.Settings(dimension, items, seed);
            training = new VariantTraining(trainings, steps, learningRate);
            grid = TrainingVariant.grid(
                    new Sr1Settings(
                            Sr1Settings.Variant.AS_RELEASED,
                            MEMORY,
                            hidden,
                            Math.max(1, hidden / 2),
                            RATE_SCALE,
                            RATE_EXPONENT),
                    new MetaTraining.Unrolling(dimension, batch, iterations, SECANT_WEIGHT));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        List<List<Checkpoint>> trained = VariantTrainings.train("ablation", training, grid, seeds);
        List<AblationReport.Row> rows = IntStream.range(0, grid.size())
                .mapToObj(i -> new AblationReport.Row(grid.get(i).label(), trained.get(i)))
                .toList();
        String markdown = new AblationReport(measured).write(rows, description(), out, command());
        spec.commandLine().getOut().println(markdown);
        return 0;
    }

    private String description() {
        return "The base: variant as-released, hidden width %d and half as many latent numbers, L = %d, K = %d, lambda = %s, a1 = %s, a2 = %s, n = %d, %d problems a meta-step, %d meta-steps, learning rate %s; the weights are those of the best validation. (a2 = 1 rather than the published 0.001, with which the networks can hardly change the step's length.)"
                .formatted(
                        hidden,
                        MEMORY,
                        iterations,
                        SECANT_WEIGHT,
                        RATE_SCALE,
                        RATE_EXPONENT,
                        dimension,
                        batch,
                        steps,
                        learningRate);
    }

    private String command() {
        return "java -jar target/secant.jar evaluate ablation --dimension %d --batch %d --iterations %d --hidden %d --steps %d --learning-rate %s --seeds %d --items %d --seed %d"
                .formatted(dimension, batch, iterations, hidden, steps, learningRate, seeds, items, seed);
    }
}
