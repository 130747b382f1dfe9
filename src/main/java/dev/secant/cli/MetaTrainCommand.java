package dev.secant.cli;

import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.problems.MixedProblems;
import dev.secant.problems.ProblemFamily;
import dev.secant.problems.Quadratics;
import dev.secant.problems.Rastrigin;
import dev.secant.problems.Rosenbrock;
import dev.secant.tensor.TensorRuntime;
import dev.secant.training.MetaLoss;
import dev.secant.training.MetaTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Meta-trains L-SR1; one command for each family of problems. */
@SuppressWarnings("NullAway.Init") // Options and the command's spec are set by picocli before the command runs.
abstract class MetaTrainCommand implements Callable<Integer> {

    private static final String EXACT = "exact";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Directory for training state, log and checkpoint.")
    private Path out;

    @Option(names = "--name", description = "Checkpoint name (default: the name of the problems).")
    private String name;

    @Option(
            names = "--preset",
            defaultValue = "as-released",
            description = "Variant: as-released or as-written (default: ${DEFAULT-VALUE}).")
    private String preset;

    @Option(
            names = "--dimension",
            defaultValue = "20",
            description = "Number of variables (default: ${DEFAULT-VALUE}).")
    private int dimension;

    @Option(
            names = "--batch",
            defaultValue = "128",
            description = "Problems per training step (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--iterations",
            defaultValue = "32",
            description = "Unrolled iterations (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--memory",
            defaultValue = "16",
            description = "Memory L: number of vectors kept (default: ${DEFAULT-VALUE}).")
    private int memory;

    @Option(
            names = "--hidden",
            defaultValue = "256",
            description = "Hidden width of the networks (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(names = "--latent", defaultValue = "128", description = "Latent dimension (default: ${DEFAULT-VALUE}).")
    private int latent;

    @Option(
            names = "--rate-scale",
            defaultValue = "0.1",
            description = "Learning-rate scale a1 (default: ${DEFAULT-VALUE}).")
    private double rateScale;

    @Option(
            names = "--rate-exponent",
            defaultValue = "0.001",
            description = "Learning-rate exponent a2 (default: ${DEFAULT-VALUE}).")
    private double rateExponent;

    @Option(
            names = "--without-input",
            paramLabel = "INPUT",
            description = "Omits one encoder input: point, step, mapped-change, gradient or gradient-change.")
    private @Nullable String leftOut;

    @Option(
            names = "--secant-weight",
            defaultValue = "10",
            description = "Weight of the secant term; 0 disables it (default: ${DEFAULT-VALUE}).")
    private double secantWeight;

    @Option(
            names = "--meta-loss",
            defaultValue = "value",
            description =
                    "What is made small at every iterate: its value (as published), relative (to the start's gap) or logarithm (of that; ${DEFAULT-VALUE}).")
    private String metaLoss;

    @Option(
            names = "--meta-gradient",
            defaultValue = "first-order",
            description =
                    "first-order takes gradients and features as constants, as published; exact differentiates them too (${DEFAULT-VALUE}).")
    private String metaGradient;

    @Option(names = "--steps", defaultValue = "2000", description = "Training steps (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--learning-rate",
            defaultValue = "0.001",
            description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Random seed of weights and problems (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "Device: auto, cpu, gpu, gpu1, ... (default: ${DEFAULT-VALUE}).")
    private String device;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final ProblemFamily family;

    MetaTrainCommand(ProblemFamily family) {
        this.family = family;
    }

    @Override
    public Integer call() throws IOException {
        MetaTraining.Settings settings = settings();
        try (ProgressBar bar = new ProgressBar(family.name(), steps)) {
            new MetaTraining(settings, new ConsoleProgress(bar)).train(name == null ? family.name() : name);
        }
        return 0;
    }

    private MetaTraining.Settings settings() {
        try {
            return new MetaTraining.Settings(
                    out,
                    family,
                    networks(),
                    new MetaTraining.Unrolling(
                            dimension, batch, iterations, secantWeight, MetaLoss.of(metaLoss), isExact()),
                    steps,
                    learningRate,
                    seed,
                    TensorRuntime.get().device(device));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private boolean isExact() {
        if (!metaGradient.equals(EXACT) && !metaGradient.equals("first-order")) {
            throw new IllegalArgumentException(
                    "The meta-gradient (%s) must be first-order or exact.".formatted(metaGradient));
        }
        return metaGradient.equals(EXACT);
    }

    private Sr1Settings networks() {
        Sr1Settings networks = new Sr1Settings(variant(), memory, hidden, latent, rateScale, rateExponent);
        return leftOut == null ? networks : networks.without(Sr1Settings.Input.of(leftOut));
    }

    private Sr1Settings.Variant variant() {
        return Arrays.stream(Sr1Settings.Variant.values())
                .filter(variant -> variant.presetName().equals(preset))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The preset (%s) must be as-released or as-written.".formatted(preset)));
    }

    /** On random quadratics. */
    @Command(
            name = "quadratic",
            mixinStandardHelpOptions = true,
            description = "Meta-trains L-SR1 on random quadratics; resumes an earlier run of the same name in DIR.")
    static final class OnQuadratics extends MetaTrainCommand {
        OnQuadratics() {
            super(new Quadratics());
        }
    }

    /** On Rosenbrock's function. */
    @Command(
            name = "rosenbrock",
            mixinStandardHelpOptions = true,
            description = "Meta-trains L-SR1 on Rosenbrock's function; resumes an earlier run of the same name in DIR.")
    static final class OnRosenbrock extends MetaTrainCommand {
        OnRosenbrock() {
            super(new Rosenbrock());
        }
    }

    /** On Rastrigin's function. */
    @Command(
            name = "rastrigin",
            mixinStandardHelpOptions = true,
            description = "Meta-trains L-SR1 on Rastrigin's function; resumes an earlier run of the same name in DIR.")
    static final class OnRastrigin extends MetaTrainCommand {
        OnRastrigin() {
            super(new Rastrigin());
        }
    }

    /** On all of these at once. */
    @Command(
            name = "mixed",
            mixinStandardHelpOptions = true,
            description =
                    "Meta-trains L-SR1 on quadratics, Rosenbrock's and Rastrigin's function in every batch (--meta-loss logarithm makes them weigh the same); resumes an earlier run of the same name in DIR.")
    static final class OnMixture extends MetaTrainCommand {
        OnMixture() {
            super(new MixedProblems(List.of(new Quadratics(), new Rosenbrock(), new Rastrigin())));
        }
    }
}
