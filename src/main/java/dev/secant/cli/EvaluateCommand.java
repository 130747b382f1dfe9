package dev.secant.cli;

import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.PointRig;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.cli.evaluate.EvaluateDetectionsCommand;
import dev.secant.cli.sequence.EvaluateSequencesCommand;
import dev.secant.cli.views.EvaluateViewsCommand;
import dev.secant.evaluation.body.BodyEvaluation;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.StorageChoice;
import dev.secant.optimizer.firstorder.Adam;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.problems.body.BodySampler;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.CommonJoints;
import dev.secant.problems.body.MotionLibrary;
import dev.secant.problems.body.SamplingProtocol;
import dev.secant.tensor.TensorRuntime;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures networks and optimizers. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        subcommands = {
            EvaluateCommand.Body.class,
            EvaluateDetectionsCommand.class,
            EvaluateViewsCommand.class,
            EvaluateSequencesCommand.class,
            EvaluateQuadraticsCommand.class,
            EvaluateFunctionsCommand.class,
            EvaluateProfilesCommand.class,
            EvaluateAblationCommand.class,
            EvaluateCostCommand.class,
            EvaluateAllCommand.class
        },
        description = "Evaluates networks and optimizers.")
final class EvaluateCommand implements Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        SecantCommand.usage(spec);
    }

    /** Solvers side by side on synthetic people. */
    @Command(
            name = "body",
            mixinStandardHelpOptions = true,
            description =
                    "Fits synthetic people made from motion clips with every solver, on the same energy, and prints one table.")
    @SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
    static final class Body implements Callable<Integer> {

        @Option(names = "--motion", required = true, paramLabel = "DIR", description = "Directory of motion clips.")
        private Path motion;

        @Option(
                names = "--samples",
                defaultValue = "2048",
                description = "Number of people (default: ${DEFAULT-VALUE}).")
        private int samples;

        @Option(names = "--batch", defaultValue = "64", description = "Batch size (default: ${DEFAULT-VALUE}).")
        private int batch;

        @Option(
                names = "--seed",
                defaultValue = "" + SamplingProtocol.VALIDATION_SEED,
                description = "Random seed (default: ${DEFAULT-VALUE}).")
        private long seed;

        @Option(
                names = "--checkpoint",
                defaultValue = "body",
                description = "Checkpoint name, bundled or in --checkpoints (default: ${DEFAULT-VALUE}).")
        private String checkpoint;

        @Option(
                names = "--checkpoints",
                defaultValue = "secant-data/checkpoints",
                paramLabel = "DIR",
                description = "Directory of additional checkpoints (default: ${DEFAULT-VALUE}).")
        private Path checkpoints;

        @Option(
                names = "--device",
                defaultValue = "auto",
                description = "Device: auto, cpu, gpu, gpu1, ... (default: ${DEFAULT-VALUE}).")
        private String device;

        @Option(
                names = "--storage",
                defaultValue = "auto",
                description =
                        "Where solvers work: arrays, tensors, or auto, which leaves it to the batch and the device"
                                + " (${DEFAULT-VALUE}).")
        private String storage;

        @Option(
                names = "--body",
                paramLabel = "FILE",
                description = "Body model, SMPL's, SMPL-H's or SMPL-X's file or Secant's (default: the bundled one).")
        private @Nullable Path bodyFile;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            BodyModel body = bodyFile == null ? BodyModels.defaultBody() : BodyModels.load(bodyFile);
            Checkpoint loaded = CheckpointRegistry.withDirectory(checkpoints).get(checkpoint);
            PointRig rig = CommonJoints.rig(body);
            boolean[] seen = SamplingProtocol.initializerSlots();
            BodySamples people = new BodySampler(
                            rig, MotionLibrary.read(motion).poses(), SamplingProtocol.VALIDATION, seen)
                    .draw(samples, new SplittableRandom(seed));
            List<BodyEvaluation.Solver> solvers = BodyEvaluation.peers(new Adam(0.1), new Lbfgs());
            try (NDManager manager =
                    TensorRuntime.get().newManager(TensorRuntime.get().device(device))) {
                Storage chosen = StorageOption.of(storage, spec)
                        .orElseGet(() -> StorageChoice.upTo(
                                BodyNetworks.LARGEST_BATCH_ON_ARRAYS, batch, Execution.on(manager.getDevice())));
                BodyEvaluation evaluation =
                        new BodyEvaluation(BodyNetworks.of(loaded, body, manager), rig, batch, manager, chosen);
                // Once unseen, so that the first row does not pay for the others' warm-up.
                evaluation.run(people.first(Math.min(samples, 4 * batch)), solvers);
                print(loaded, body, evaluation, people, solvers, chosen);
            }
            return 0;
        }

        private void print(
                Checkpoint loaded,
                BodyModel body,
                BodyEvaluation evaluation,
                BodySamples people,
                List<BodyEvaluation.Solver> solvers,
                Storage chosen) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    "%s, body %s, %d people, seed %d, %d together, on %s%n%n",
                    loaded.id(), body.name(), samples, seed, batch, StorageOption.id(chosen));
            MarkdownTable table = new MarkdownTable(
                    "solver",
                    "PA-MPJPE mm",
                    "+-",
                    "MPJPE mm",
                    "reprojection %",
                    "energy",
                    "ms a person",
                    "bad steps %",
                    "safeguarded %");
            evaluation
                    .run(people, solvers)
                    .forEach((name, result) -> table.row(
                            name,
                            NumberFormats.decimals(result.procrustes(), 2),
                            NumberFormats.decimals(result.procrustesStandardError(), 2),
                            NumberFormats.decimals(result.mpjpe(), 2),
                            NumberFormats.decimals(result.reprojection(), 2),
                            NumberFormats.decimals(result.energy(), 2),
                            NumberFormats.decimals(result.milliseconds(), 3),
                            NumberFormats.decimals(result.badSteps(), 1),
                            NumberFormats.decimals(result.safeguarded(), 1)));
            table.lines().forEach(out::println);
            out.flush();
        }
    }
}
