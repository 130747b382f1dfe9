package dev.secant.cli;

import dev.secant.body.io.BodyModels;
import dev.secant.problems.body.MotionLibrary;
import dev.secant.tensor.TensorRuntime;
import dev.secant.training.BodyTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
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
        description = "Trains networks; see its commands.")
final class TrainCommand implements Runnable {

    @Override
    public void run() {
        SecantCommand.execute("train", "--help");
    }

    /** Trains the network that guesses a body. */
    @Command(
            name = "body",
            mixinStandardHelpOptions = true,
            description =
                    "Trains the network that guesses a body from keypoints; goes on where an earlier run in DIR stopped.")
    @SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
    static final class Body implements Callable<Integer> {

        @Option(names = "--motion", required = true, paramLabel = "DIR", description = "Motion clips to train on.")
        private Path motion;

        @Option(
                names = "--validation",
                required = true,
                paramLabel = "DIR",
                description = "Motion clips to validate on.")
        private Path validation;

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "State, log and checkpoint.")
        private Path out;

        @Option(
                names = "--initializer-steps",
                defaultValue = "26000",
                description = "Training steps of the initialiser (${DEFAULT-VALUE}); 0 keeps the initial weights.")
        private int initializerSteps;

        @Option(
                names = "--refiner-steps",
                defaultValue = "12000",
                description = "Training steps of the refiner (${DEFAULT-VALUE}).")
        private int refinerSteps;

        @Option(names = "--initializer-batch", defaultValue = "512", description = "People a step (${DEFAULT-VALUE}).")
        private int initializerBatch;

        @Option(names = "--refiner-batch", defaultValue = "128", description = "People a step (${DEFAULT-VALUE}).")
        private int refinerBatch;

        @Option(
                names = "--validation-samples",
                defaultValue = "512",
                description = "People to validate on (${DEFAULT-VALUE}).")
        private int validationSamples;

        @Option(names = "--learning-rate", defaultValue = "0.001", description = "At its highest (${DEFAULT-VALUE}).")
        private double learningRate;

        @Option(names = "--seed", defaultValue = "1", description = "Of weights and samples (${DEFAULT-VALUE}).")
        private long seed;

        @Option(
                names = "--device",
                defaultValue = "auto",
                description = "auto, cpu, gpu, gpu1, ... (${DEFAULT-VALUE}).")
        private String device;

        @Option(
                names = "--acknowledge",
                paramLabel = "TEXT",
                description = "Whom the motion is owed to, for the manifest; may be given more than once.")
        private List<String> acknowledgements = new ArrayList<>();

        @Option(names = "--initial-weights", paramLabel = "FILE", description = "A safetensors file to go on from.")
        private @Nullable Path initialWeights;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            BodyTraining.Settings settings = new BodyTraining.Settings(
                    out,
                    initializerSteps,
                    refinerSteps,
                    initializerBatch,
                    refinerBatch,
                    validationSamples,
                    learningRate,
                    seed,
                    TensorRuntime.get().device(device),
                    Optional.ofNullable(initialWeights));
            try (ProgressBar bar = new ProgressBar("body", initializerSteps + refinerSteps)) {
                new BodyTraining(
                                settings,
                                BodyModels.defaultBody(),
                                new BodyTraining.Motion(MotionLibrary.read(motion), MotionLibrary.read(validation)),
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
