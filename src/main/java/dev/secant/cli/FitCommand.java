package dev.secant.cli;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.MeshPoser;
import dev.secant.body.mesh.GlbWriter;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.BodyFitter;
import dev.secant.fit.Camera;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.files.OpenPoseFile;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.fit.output.BodyParameters;
import dev.secant.fit.output.FittedMeshes;
import dev.secant.io.AtomicFile;
import dev.secant.jobs.fit.FitOutcome;
import dev.secant.jobs.fit.FitPayload;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.web.jobs.FittedPerson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Fits everybody in an OpenPose file. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description =
                "Fits a body to each person in an OpenPose file. Writes result.json, params.npz, person-N.glb and overlay.png; N is the index of the person in the file.")
@SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
final class FitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "OpenPose output file.")
    private Path file;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Output directory.")
    private Path out;

    @Option(names = "--width", required = true, paramLabel = "PIXELS", description = "Image width.")
    private int width;

    @Option(names = "--height", required = true, paramLabel = "PIXELS", description = "Image height.")
    private int height;

    @Option(names = "--focal", paramLabel = "PIXELS", description = "Focal length (default: the image diagonal).")
    private @Nullable Double focal;

    @Option(
            names = "--field-of-view",
            paramLabel = "DEGREES",
            description = "Field of view across the image's diagonal, instead of --focal.")
    private @Nullable Double fieldOfView;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description = "Keypoint layout: body_25, body_25b, coco_18 or coco_17 (default: detected from the file).")
    private @Nullable String layout;

    @Option(
            names = "--steps",
            defaultValue = "8",
            description = "Number of optimizer steps, 0 to 100 (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "Body model in SMPL format (default: the bundled one).")
    private @Nullable Path bodyFile;

    @Option(
            names = "--rigged",
            description = "Writes rigged meshes with skeleton and skin, animated over the iterates.")
    private boolean rigged;

    @Option(
            names = "--storage",
            defaultValue = "auto",
            description =
                    "Where people are refined: arrays, tensors, or auto, which leaves it to their number (${DEFAULT-VALUE}).")
    private String storage;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (width < 1 || height < 1) {
            throw wrong("The image's size (%d x %d) must be positive.".formatted(width, height));
        }
        BodyModel body = bodyFile == null ? BodyModels.defaultBody() : BodyModels.load(bodyFile);
        Camera camera = camera();
        List<FitPayload.Person> people = new ArrayList<>();
        for (OpenPoseFile.Person person :
                OpenPoseFile.parse(Files.readAllBytes(file), layout()).people()) {
            people.add(new FitPayload.Person(null, new FitProblem(person.layout(), person.keypoints(), camera)));
        }
        List<FitProblem> problems = people.stream()
                .filter(person -> person.detected() > 0)
                .map(FitPayload.Person::problem)
                .toList();
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("Nobody in the file (%s) has a detected keypoint.".formatted(file));
        }
        BodyFitter fitter = new DefaultBodyFitter(body, CheckpointRegistry.bundled(), "body")
                .withStorage(StorageOption.of(storage, spec));
        List<FittedBody> bodies = fitter.fit(problems, new FitSettings(steps, rigged), item -> false);
        write(body, people, bodies, fitter.provenance());
        return 0;
    }

    private void write(
            BodyModel body, List<FitPayload.Person> people, List<FittedBody> bodies, FitProvenance provenance)
            throws IOException {
        Iterator<FittedBody> next = bodies.iterator();
        List<Integer> items = new ArrayList<>();
        List<FittedPerson> fitted = new ArrayList<>();
        Files.createDirectories(out);
        FitOverlayImage overlay = new FitOverlayImage(width, height);
        for (int item = 0; item < people.size(); item++) {
            FitPayload.Person person = people.get(item);
            if (person.detected() == 0) {
                fitted.add(FittedPerson.of(ItemResult.skipped(item, FitPayload.NOBODY), null, null));
                continue;
            }
            FittedBody found = next.next();
            items.add(item);
            fitted.add(FittedPerson.of(
                    new ItemResult(item, ItemOutcome.SUCCEEDED, null, null, null),
                    null,
                    new FitOutcome(found, provenance)));
            write(item, body, person.problem(), found, overlay);
        }
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(out.resolve("result.json").toFile(), Map.of("people", fitted));
        AtomicFile.write(out.resolve("params.npz"), stream -> BodyParameters.write(items, bodies, stream));
        ImageIO.write(overlay.image(), "png", out.resolve("overlay.png").toFile());
        spec.commandLine().getOut().flush();
    }

    private Camera camera() {
        if (focal != null && fieldOfView != null) {
            throw wrong("Give either --focal or --field-of-view, not both.");
        }
        if (fieldOfView != null) {
            return Camera.ofFieldOfView(fieldOfView, width, height);
        }
        return focal == null ? Camera.unknown(width, height) : Camera.ofFocal(focal, width, height);
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

    private void write(int item, BodyModel body, FitProblem problem, FittedBody fitted, FitOverlayImage overlay)
            throws IOException {
        overlay.draw(
                new MeshPoser(body).vertices(fitted.betas(), fitted.pose(), fitted.translation()),
                body.faces(),
                fitted,
                problem);
        FittedMeshes meshes = new FittedMeshes(body);
        String name = "person-" + item;
        AtomicFile.write(out.resolve(name + ".glb"), glb -> {
            if (rigged) {
                meshes.writeRigged(name, fitted, fitted.quality().trajectory(), glb);
            } else {
                GlbWriter.write(List.of(meshes.posed(name, fitted)), glb);
            }
        });
        spec.commandLine()
                .getOut()
                .printf(
                        "person %d: reprojection error %.1f %% of body size, %d steps, %s%n",
                        item,
                        100 * fitted.reprojectionError(),
                        fitted.quality().steps(),
                        fitted.quality().termination());
    }
}
