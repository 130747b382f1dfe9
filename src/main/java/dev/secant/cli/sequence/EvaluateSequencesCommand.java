package dev.secant.cli.sequence;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.PointRig;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.evaluation.body.SequenceEvaluation;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.fit.sequence.MotionPrior;
import dev.secant.fit.sequence.RangeExecutor;
import dev.secant.fit.sequence.SequenceFitter;
import dev.secant.fit.sequence.SequenceWeights;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.ClipSampler;
import dev.secant.problems.body.CommonJoints;
import dev.secant.problems.body.MotionLibrary;
import dev.secant.problems.body.SamplingProtocol;
import dev.secant.tensor.TensorRuntime;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sequences against frame by frame, on synthetic stretches of motion. */
@Command(
        name = "sequences",
        mixinStandardHelpOptions = true,
        description =
                "Fits stretches of motion clips, seen by one camera each, frame by frame and as sequences, and prints one table: errors of"
                        + " the middle frames, and acceleration.")
@SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
public final class EvaluateSequencesCommand implements Callable<Integer> {

    /** Of the motion clips. */
    private static final double RATE = 30;

    @Option(
            names = "--motion",
            required = true,
            paramLabel = "DIR",
            description = "Directory of motion clips at 30 frames a second.")
    private Path motion;

    @Option(names = "--windows", defaultValue = "96", description = "Number of stretches (default: ${DEFAULT-VALUE}).")
    private int windows;

    @Option(
            names = "--frames",
            defaultValue = "41",
            description = "Frames of a stretch, at least 3 (default: ${DEFAULT-VALUE}).")
    private int frames;

    @Option(
            names = "--steps",
            defaultValue = "" + SequenceFitter.Settings.DEFAULT_STEPS,
            description = "Gauss-Newton steps at most (default: ${DEFAULT-VALUE}).")
    private int steps;

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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        BodyModel body = BodyModels.defaultBody();
        Checkpoint loaded = CheckpointRegistry.withDirectory(checkpoints).get(checkpoint);
        PointRig rig = CommonJoints.rig(body);
        ClipSampler sampler = new ClipSampler(
                rig,
                MotionLibrary.clips(motion),
                frames,
                SamplingProtocol.VALIDATION,
                SamplingProtocol.initializerSlots());
        SequenceFitter fitter = new SequenceFitter(body, MotionPrior.MEASURED, RangeExecutor.SEQUENTIAL);
        MarkdownTable table = new MarkdownTable(
                "missing keypoints", "fit", "PA-MPJPE mm", "MPJPE mm", "acceleration mm/frame^2", "ms a frame");
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            SequenceEvaluation evaluation =
                    new SequenceEvaluation(BodyNetworks.of(loaded, body, manager), rig, manager);
            for (ClipSampler.Occlusion occlusion : ClipSampler.Occlusion.values()) {
                List<BodySamples> stretches = SequenceEvaluation.draw(sampler, occlusion, windows, seed);
                String missing = occlusion.name().toLowerCase(Locale.ROOT);
                row(table, missing, "truth", evaluation.truth(stretches));
                row(table, missing, "frame by frame", evaluation.frameByFrame(stretches));
                for (int count : new int[] {0, steps}) {
                    SequenceFitter.Settings settings = new SequenceFitter.Settings(count, SequenceWeights.DEFAULT);
                    row(
                            table,
                            missing,
                            count == 0 ? "smoothed initial estimates" : "sequence",
                            evaluation.together(stretches, RATE, fitter, settings));
                }
            }
        }
        spec.commandLine()
                .getOut()
                .printf("%s, %d stretches of %d frames, seed %d%n%n", loaded.id(), windows, frames, seed);
        table.lines().forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static void row(MarkdownTable table, String missing, String fit, SequenceEvaluation.Result result) {
        table.row(
                missing,
                fit,
                written(result.procrustes()),
                written(result.mpjpe()),
                written(result.acceleration()),
                NumberFormats.decimals(result.milliseconds(), 2));
    }

    private static String written(SequenceEvaluation.Mean mean) {
        return NumberFormats.decimals(mean.mean(), 2) + " +- " + NumberFormats.decimals(mean.error(), 2);
    }
}
