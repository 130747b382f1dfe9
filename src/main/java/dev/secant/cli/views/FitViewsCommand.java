package dev.secant.cli.views;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.MeshPoser;
import dev.secant.body.mesh.GlbWriter;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.calibration.CalibrationException;
import dev.secant.fit.calibration.CalibrationFiles;
import dev.secant.fit.files.OpenPoseFile;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.fit.output.FitOverlay;
import dev.secant.fit.output.FittedMeshes;
import dev.secant.fit.output.WorldParameters;
import dev.secant.fit.views.CalibratedCamera;
import dev.secant.fit.views.MultiViewBody;
import dev.secant.fit.views.MultiViewFitter;
import dev.secant.fit.views.MultiViewProblem;
import dev.secant.fit.views.PeopleMatching;
import dev.secant.fit.views.WorldFrame;
import dev.secant.io.AtomicFile;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.web.jobs.MultiViewPerson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Fits everybody whom several calibrated cameras see. */
@Command(
        name = "fit-views",
        mixinStandardHelpOptions = true,
        description =
                "Fits a body to each person that several calibrated cameras see at one moment. People are matched across views by their keypoints. Writes result.json and params.npz in the world of the calibration, person-N.glb with y up, and overlay-CAMERA.png.")
@SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
public final class FitViewsCommand implements Callable<Integer> {

    @Option(
            names = "--calibration",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Calibration: Pose2Sim's .toml, EasyMocap's intri.yml and extri.yml, or .yml or .xml files of OpenCV.")
    private List<Path> calibration;

    @Option(
            names = "--views",
            required = true,
            arity = "1..*",
            paramLabel = "CAMERA=FILE",
            description = "OpenPose output file of each camera, named as in the calibration.")
    private Map<String, Path> views;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Output directory.")
    private Path out;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description = "Keypoint layout: body_25, body_25b, coco_18 or coco_17 (default: detected from the files).")
    private @Nullable String layout;

    @Option(
            names = "--metres-per-unit",
            defaultValue = "1",
            paramLabel = "NUMBER",
            description = "Metres in a unit of the calibration, for example 0.001 (default: ${DEFAULT-VALUE}).")
    private double metresPerUnit;

    @Option(
            names = "--gate",
            defaultValue = "" + PeopleMatching.DEFAULT_GATE,
            paramLabel = "NUMBER",
            description =
                    "How far the rays of one person may miss one another, in sizes of the person (default: ${DEFAULT-VALUE}).")
    private double gate;

    @Option(
            names = "--least-views",
            defaultValue = "2",
            paramLabel = "NUMBER",
            description = "Views that a person must be seen in to be fitted (default: ${DEFAULT-VALUE}).")
    private int leastViews;

    @Option(
            names = "--steps",
            defaultValue = "" + MultiViewFitter.DEFAULT_STEPS,
            description = "Number of optimizer steps at most, 0 to 100 (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "Body model in SMPL format (default: the bundled one).")
    private @Nullable Path bodyFile;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(metresPerUnit > 0) || !(gate > 0) || steps < 0 || steps > 100 || leastViews < 1) {
            throw wrong("--metres-per-unit, --gate and --least-views must be positive, and --steps between 0 and 100.");
        }
        BodyModel body = bodyFile == null ? BodyModels.defaultBody() : BodyModels.load(bodyFile);
        List<CalibratedCamera> cameras = cameras();
        List<OpenPoseFile> files = new ArrayList<>();
        for (Path file : views.values()) {
            files.add(OpenPoseFile.parse(Files.readAllBytes(file), layout()));
        }
        KeypointLayout found = files.stream()
                .flatMap(file -> file.people().stream())
                .map(OpenPoseFile.Person::layout)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody is in any of the files."));
        List<List<double[]>> people = files.stream()
                .map(file -> file.people().stream()
                        .map(OpenPoseFile.Person::keypoints)
                        .toList())
                .toList();
        List<int[]> matched = new PeopleMatching(gate)
                .match(cameras, found, people).stream()
                        .filter(person ->
                                IntStream.of(person).filter(index -> index >= 0).count() >= leastViews)
                        .toList();
        if (matched.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nobody was matched across %d views. Maybe a view is of another moment, the calibration is not in metres (--metres-per-unit), or the gate (%s) is too narrow."
                            .formatted(leastViews, gate));
        }
        List<MultiViewProblem> problems = matched.stream()
                .map(person -> problem(cameras, found, people, person))
                .toList();
        List<MultiViewBody> bodies = new MultiViewFitter(
                        new DefaultBodyFitter(body, CheckpointRegistry.bundled(), "body"), body)
                .fit(problems, steps, item -> false);
        write(body, cameras, matched, problems, bodies);
        return 0;
    }

    /** The cameras of the views, in their order. */
    private List<CalibratedCamera> cameras() {
        List<CalibratedCamera> calibrated;
        try {
            calibrated = CalibrationFiles.read(calibration);
        } catch (CalibrationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        Map<String, CalibratedCamera> byId = new LinkedHashMap<>();
        calibrated.forEach(camera -> byId.put(camera.id(), camera.scaled(metresPerUnit)));
        return views.keySet().stream()
                .map(id -> Optional.ofNullable(byId.get(id))
                        .orElseThrow(() ->
                                wrong("The calibration has no camera (%s), but %s.".formatted(id, byId.keySet()))))
                .toList();
    }

    private static MultiViewProblem problem(
            List<CalibratedCamera> cameras, KeypointLayout layout, List<List<double[]>> people, int[] person) {
        return new MultiViewProblem(
                layout,
                IntStream.range(0, person.length)
                        .filter(v -> person[v] >= 0)
                        .mapToObj(v -> new MultiViewProblem.View(
                                cameras.get(v), people.get(v).get(person[v])))
                        .toList());
    }

    private void write(
            BodyModel body,
            List<CalibratedCamera> cameras,
            List<int[]> matched,
            List<MultiViewProblem> problems,
            List<MultiViewBody> bodies)
            throws IOException {
        Files.createDirectories(out);
        List<MultiViewPerson> written = new ArrayList<>();
        FittedMeshes meshes = new FittedMeshes(body);
        for (int i = 0; i < bodies.size(); i++) {
            MultiViewBody fitted = bodies.get(i);
            written.add(MultiViewPerson.of(new ItemResult(i, ItemOutcome.SUCCEEDED, null, null, null), null, fitted));
            String name = "person-" + i;
            AtomicFile.write(
                    out.resolve(name + ".glb"),
                    glb -> GlbWriter.write(
                            List.of(meshes.posed(name, WorldFrame.level(fitted, body.skeleton()))), glb));
            print(i, matched.get(i), fitted);
        }
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(out.resolve("result.json").toFile(), Map.of("multiViewPeople", written));
        List<Integer> items = IntStream.range(0, bodies.size()).boxed().toList();
        AtomicFile.write(out.resolve("params.npz"), stream -> WorldParameters.write(items, bodies, stream));
        for (CalibratedCamera camera : cameras) {
            overlay(body, camera, problems, bodies);
        }
        spec.commandLine().getOut().flush();
    }

    private void print(int index, int[] indices, MultiViewBody fitted) {
        StringBuilder places = new StringBuilder();
        int view = 0;
        for (String id : views.keySet()) {
            places.append(indices[view] < 0 ? "" : " %s:%d".formatted(id, indices[view]));
            view++;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "person %d (%s): reprojection error %.1f %% of body size, %d steps, %s, up is %s%n",
                        index,
                        places.toString().strip(),
                        100 * fitted.reprojectionError(),
                        fitted.quality().steps(),
                        fitted.quality().termination(),
                        fitted.up().axis());
    }

    private void overlay(
            BodyModel body, CalibratedCamera camera, List<MultiViewProblem> problems, List<MultiViewBody> bodies)
            throws IOException {
        FitOverlay overlay = new FitOverlay(camera.width(), camera.height(), null);
        MeshPoser poser = new MeshPoser(body);
        for (int i = 0; i < bodies.size(); i++) {
            List<MultiViewProblem.View> seen = problems.get(i).views();
            for (int v = 0; v < seen.size(); v++) {
                if (seen.get(v).camera().id().equals(camera.id())) {
                    FittedBody fitted = WorldFrame.inView(bodies.get(i), body.skeleton(), camera, v);
                    overlay.add(
                            poser.vertices(fitted.betas(), fitted.pose(), fitted.translation()),
                            body.faces(),
                            fitted,
                            seen.get(v).keypoints());
                }
            }
        }
        ImageIO.write(
                overlay.image(),
                "png",
                out.resolve("overlay-" + camera.id() + ".png").toFile());
    }

    private Optional<KeypointLayout> layout() {
        if (layout == null) {
            return Optional.empty();
        }
        Optional<KeypointLayout> found = KeypointLayout.byId(layout);
        if (found.isEmpty()) {
            throw wrong("Unknown keypoint layout (%s).".formatted(layout));
        }
        return found;
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
