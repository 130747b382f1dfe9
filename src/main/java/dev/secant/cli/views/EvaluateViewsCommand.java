package dev.secant.cli.views;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.evaluation.body.MultiViewFolder;
import dev.secant.evaluation.body.ViewsEvaluation;
import dev.secant.fit.calibration.CalibrationFiles;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.fit.views.MultiViewFitter;
import dev.secant.problems.body.MotionLibrary;
import dev.secant.problems.body.MultiViewSampler;
import dev.secant.problems.body.SamplingProtocol;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fits of several calibrated views against 3D references. */
@Command(
        name = "views",
        mixinStandardHelpOptions = true,
        description =
                "Fits people seen by several calibrated cameras, with every choice of 1, 2, ... of the views, and prints the errors. Give a recording (--calibration, --pose, --reference) or motion clips to make people of (--motion).")
@SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
public final class EvaluateViewsCommand implements Callable<Integer> {

    @Option(
            names = "--calibration",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Calibration file or files of Pose2Sim, OpenCV or EasyMocap.")
    private List<Path> calibration = List.of();

    @Option(
            names = "--pose",
            paramLabel = "DIR",
            description = "Directory with one directory of OpenPose files per camera, in the order of the calibration.")
    private @Nullable Path poses;

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description =
                    "3D joints as JSON: joint_names, and frames with frame, person_index_per_camera and joints_3d in metres.")
    private @Nullable Path reference;

    @Option(names = "--motion", paramLabel = "DIR", description = "Directory of motion clips, instead of a recording.")
    private @Nullable Path motion;

    @Option(
            names = "--samples",
            defaultValue = "256",
            description = "Number of people to make of motion clips (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = "--views",
            defaultValue = "4",
            description = "Number of views of people made of motion clips (default: ${DEFAULT-VALUE}).")
    private int views;

    @Option(
            names = "--seed",
            defaultValue = "" + SamplingProtocol.VALIDATION_SEED,
            description = "Random seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--steps",
            defaultValue = "" + MultiViewFitter.DEFAULT_STEPS,
            description = "Number of optimizer steps (default: ${DEFAULT-VALUE}).")
    private int steps;

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

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        BodyModel body = BodyModels.defaultBody();
        CheckpointRegistry registry = CheckpointRegistry.withDirectory(checkpoints);
        List<ViewsEvaluation.Person> people = people(body);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s, %d people%n%n", registry.get(checkpoint).id(), people.size());
        ViewsEvaluation evaluation =
                new ViewsEvaluation(new MultiViewFitter(new DefaultBodyFitter(body, registry, checkpoint), body));
        MarkdownTable table = new MarkdownTable(
                "views",
                "fits",
                "MPJPE mm, fused estimate",
                "MPJPE mm",
                "MPJPE mm, keypoints",
                "PA-MPJPE mm",
                "triangulated mm",
                "not triangulated %");
        int most = people.get(0).problem().views().size();
        for (int chosen = 1; chosen <= most; chosen++) {
            ViewsEvaluation.Result result = evaluation.run(people, chosen, steps);
            table.row(
                    String.valueOf(chosen),
                    String.valueOf(result.fits()),
                    NumberFormats.decimals(result.initial(), 1),
                    NumberFormats.decimals(result.mpjpe(), 1),
                    NumberFormats.decimals(result.keypoints(), 1),
                    NumberFormats.decimals(result.procrustes(), 1),
                    chosen == 1 ? "" : NumberFormats.decimals(result.triangulated(), 1),
                    chosen == 1 ? "" : NumberFormats.decimals(result.missing(), 1));
        }
        table.lines().forEach(out::println);
        out.flush();
        return 0;
    }

    private List<ViewsEvaluation.Person> people(BodyModel body) {
        if (motion != null) {
            MultiViewSampler sampler =
                    new MultiViewSampler(body, MotionLibrary.read(motion).poses());
            SplittableRandom random = new SplittableRandom(seed);
            List<ViewsEvaluation.Person> people = new ArrayList<>();
            for (int i = 0; i < samples; i++) {
                MultiViewSampler.Person person = sampler.draw(views, random);
                people.add(ViewsEvaluation.Person.of(person.problem(), person.joints()));
            }
            return people;
        }
        if (calibration.isEmpty() || poses == null || reference == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Give --calibration, --pose and --reference, or --motion.");
        }
        MultiViewFolder folder = MultiViewFolder.read(CalibrationFiles.read(calibration), poses, reference);
        spec.commandLine()
                .getOut()
                .printf(
                        "people matched across all views as in the reference: %d of %d frames%n",
                        folder.matched(), folder.people().size());
        return folder.people();
    }
}
