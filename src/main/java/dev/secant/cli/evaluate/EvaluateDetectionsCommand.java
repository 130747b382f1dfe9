package dev.secant.cli.evaluate;

import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.PointRig;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.evaluation.body.BodyEvaluation;
import dev.secant.fit.FitSettings;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.fit.learned.FitStart;
import dev.secant.optimizer.Storage;
import dev.secant.problems.body.BodySampler;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.CommonJoints;
import dev.secant.problems.body.DetectionCase;
import dev.secant.problems.body.MotionLibrary;
import dev.secant.problems.body.SamplingProtocol;
import dev.secant.tensor.TensorRuntime;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The fit where detections are wrong or missing. */
@Command(
        name = "detections",
        mixinStandardHelpOptions = true,
        description =
                "Fits the same synthetic people with what detectors do wrong: parts missing, outliers, sides exchanged,"
                        + " the image rotated; prints one table.")
@SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
public final class EvaluateDetectionsCommand implements Callable<Integer> {

    @Option(names = "--motion", required = true, paramLabel = "DIR", description = "Directory of motion clips.")
    private Path motion;

    @Option(names = "--samples", defaultValue = "512", description = "Number of people (default: ${DEFAULT-VALUE}).")
    private int samples;

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
            description = "Device of the networks: auto, cpu, gpu, gpu1, ... (default: ${DEFAULT-VALUE}).")
    private String device;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        BodyModel body = BodyModels.defaultBody();
        Checkpoint loaded = CheckpointRegistry.withDirectory(checkpoints).get(checkpoint);
        PointRig rig = CommonJoints.rig(body);
        BodySamples people = new BodySampler(
                        rig,
                        MotionLibrary.read(motion),
                        SamplingProtocol.VALIDATION,
                        SamplingProtocol.initializerSlots())
                .draw(samples, new SplittableRandom(seed));
        String steps = FitSettings.DEFAULT_STEPS + " steps";
        List<BodyEvaluation.Solver> solvers = List.of(
                new BodyEvaluation.Solver("initial", 0, FitStart::optimizer),
                new BodyEvaluation.Solver(steps, FitSettings.DEFAULT_STEPS, FitStart::optimizer));
        MarkdownTable table = new MarkdownTable(
                "detections",
                "initial estimate, PA-MPJPE mm",
                steps + ", PA-MPJPE mm",
                "+-",
                "MPJPE mm",
                "reprojection %");
        try (NDManager manager =
                TensorRuntime.get().newManager(TensorRuntime.get().device(device))) {
            BodyEvaluation evaluation =
                    new BodyEvaluation(BodyNetworks.of(loaded, body, manager), rig, 64, manager, Storage.ARRAYS);
            for (DetectionCase detections : DetectionCase.values()) {
                Map<String, BodyEvaluation.Result> results =
                        evaluation.run(detections.apply(people, body.skeleton(), seed), solvers);
                BodyEvaluation.Result refined = Objects.requireNonNull(results.get(steps));
                table.row(
                        detections.description(),
                        NumberFormats.decimals(
                                Objects.requireNonNull(results.get("initial")).procrustes(), 1),
                        NumberFormats.decimals(refined.procrustes(), 1),
                        NumberFormats.decimals(refined.procrustesStandardError(), 1),
                        NumberFormats.decimals(refined.mpjpe(), 1),
                        NumberFormats.decimals(refined.reprojection(), 2));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s, %d people, seed %d%n%n", loaded.id(), samples, seed);
        table.lines().forEach(out::println);
        out.flush();
        return 0;
    }
}
