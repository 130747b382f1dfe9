package dev.secant.cli;

import dev.secant.body.io.BodyModels;
import dev.secant.problems.body.MotionLibrary;
import dev.secant.tensor.TensorRuntime;
import dev.secant.training.body.BodyTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains networks. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        subcommands = {
            TrainCommand.Body.class,
            MetaTrainCommand.OnQuadratics.class,
            MetaTrainCommand.OnRosenbrock.class,
            MetaTrainCommand.OnRastrigin.class,
            MetaTrainCommand.OnMixture.class,
            SecantTrainCommand.class
        },
        description = "Trains networks.")
final class TrainCommand implements Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        SecantCommand.usage(spec);
    }

    /** Trains the network that guesses a body. */
    @Command(
            name = "body",
            mixinStandardHelpOptions = true,
            description = "Trains the networks that estimate a body from keypoints; resumes an earlier run in DIR.")
    @SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
    static final class Body implements Callable<Integer> {

        @Option(
                names = "--motion",
                required = true,
                paramLabel = "DIR",
                description = "Directory of training motion clips.")
        private Path motion;

        @Option(
                names = "--motion-weights",
                paramLabel = "FILE",
                description =
                        "CSV file with the columns file and weight: how likely each frame of a training file is drawn"
                                + " relative to others (default: all alike).")
        private @Nullable Path motionWeights;

        @Option(
                names = "--validation",
                required = true,
                paramLabel = "DIR",
                description = "Directory of validation motion clips.")
        private Path validation;

        @Option(
                names = "--out",
                required = true,
                paramLabel = "DIR",
                description = "Directory for training state, log and checkpoint.")
        private Path out;

        @Option(
                names = "--initializer-steps",
                defaultValue = "26000",
                description =
                        "Training steps of the initializer (default: ${DEFAULT-VALUE}); 0 keeps the initial weights.")
        private int initializerSteps;

        @Option(
                names = "--refiner-steps",
                defaultValue = "12000",
                description = "Training steps of the refiner (default: ${DEFAULT-VALUE}).")
        private int refinerSteps;

        @Option(
                names = "--joint-steps",
                defaultValue = "0",
                description = "Training steps of both networks together, on the error after the refinement"
                        + " (default: ${DEFAULT-VALUE}).")
        private int jointSteps;

        @Option(
                names = "--initializer-batch",
                defaultValue = "512",
                description = "People per training step (default: ${DEFAULT-VALUE}).")
        private int initializerBatch;

        @Option(
                names = "--refiner-batch",
                defaultValue = "128",
                description = "People per training step (default: ${DEFAULT-VALUE}).")
        private int refinerBatch;

        @Option(
                names = "--validation-samples",
                defaultValue = "512",
                description = "Number of validation people (default: ${DEFAULT-VALUE}).")
        private int validationSamples;

        @Option(
                names = "--learning-rate",
                defaultValue = "0.001",
                description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
        private double learningRate;

        @Option(
                names = "--seed",
                defaultValue = "1",
                description = "Random seed of weights and samples (default: ${DEFAULT-VALUE}).")
        private long seed;

        @Option(
                names = "--device",
                defaultValue = "auto",
                description = "Device: auto, cpu, gpu, gpu1, ... (default: ${DEFAULT-VALUE}).")
        private String device;

        @Option(
                names = "--acknowledge",
                paramLabel = "TEXT",
                description = "Acknowledgement of the motion data for the manifest; can be repeated.")
        private List<String> acknowledgements = new ArrayList<>();

        @Option(names = "--initial-weights", paramLabel = "FILE", description = "Initial weights, a safetensors file.")
        private @Nullable Path initialWeights;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            BodyTraining.Settings settings = new BodyTraining.Settings(
                    out,
                    initializerSteps,
                    refinerSteps,
                    jointSteps,
                    initializerBatch,
                    refinerBatch,
                    validationSamples,
                    learningRate,
                    seed,
                    TensorRuntime.get().device(device),
                    Optional.ofNullable(initialWeights));
            try (ProgressBar bar = new ProgressBar("body", initializerSteps + refinerSteps + jointSteps)) {
                new BodyTraining(
                                settings,
                                BodyModels.defaultBody(),
                                new BodyTraining.Motion(
                                        motionWeights == null
                                                ? MotionLibrary.read(motion)
                                                : MotionLibrary.read(motion, motionWeights),
                                        MotionLibrary.read(validation)),
                                new ConsoleProgress(bar),
                                Clock.systemUTC())
                        .train(
                                "secant "
                                        + String.join(
                                                " ",
                                                spec.root()
                                                        .commandLine()
                                                        .getParseResult()
                                                        .originalArgs()),
                                acknowledgements);
            }
            return 0;
        }
    }
}
