package dev.secant.cli;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.MeshPoser;
import dev.secant.body.mesh.GlbWriter;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.Camera;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.OpenPoseFile;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.fit.output.BodyParameters;
import dev.secant.fit.output.FittedMeshes;
import dev.secant.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
        description = "Fits a body to everybody in an OpenPose file; writes result.json, params.npz, person-N.glb and"
                + " overlay.png.")
@SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
final class FitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The file as the detector wrote it.")
    private Path file;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the results go.")
    private Path out;

    @Option(names = "--width", required = true, paramLabel = "PIXELS", description = "The image's width.")
    private int width;

    @Option(names = "--height", required = true, paramLabel = "PIXELS", description = "The image's height.")
    private int height;

    @Option(
            names = "--focal",
            paramLabel = "PIXELS",
            description = "The focal length; the image's diagonal if left out.")
    private @Nullable Double focal;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description = "body_25, body_25b, coco_18 or coco_17; found out from the file if left out.")
    private @Nullable String layout;

    @Option(names = "--steps", defaultValue = "8", description = "Optimizer steps, 0 to 100 (${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "A body in SMPL's format; the bundled one if left out.")
    private @Nullable Path bodyFile;

    @Option(names = "--rigged", description = "Meshes with skeleton and skin, animated over the optimizer's iterates.")
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
        Camera camera = focal == null ? Camera.unknown(width, height) : Camera.ofFocal(focal, width, height);
        List<FitProblem> problems = new ArrayList<>();
        for (OpenPoseFile.Person person :
                OpenPoseFile.parse(Files.readAllBytes(file), layout()).people()) {
            FitProblem problem = new FitProblem(person.layout(), person.keypoints(), camera);
            if (isVisible(problem)) {
                problems.add(problem);
            }
        }
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("Nobody in the file (%s) has a detected keypoint.".formatted(file));
        }
        List<FittedBody> bodies = new DefaultBodyFitter(body, CheckpointRegistry.bundled(), "body")
                .withStorage(StorageOption.of(storage, spec))
                .fit(problems, new FitSettings(steps, rigged), item -> false);
        write(body, problems, bodies);
        return 0;
    }

    private Optional<KeypointLayout> layout() {
        if (layout == null) {
            return Optional.empty();
        }
        Optional<KeypointLayout> found = KeypointLayout.byId(layout);
        if (found.isEmpty()) {
            throw wrong("There is no keypoint layout (%s).".formatted(layout));
        }
        return found;
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private static boolean isVisible(FitProblem problem) {
        for (int k = 2; k < problem.keypoints().length; k += 3) {
            if (problem.keypoints()[k] > 0) {
                return true;
            }
        }
        return false;
    }

    private void write(BodyModel body, List<FitProblem> problems, List<FittedBody> bodies) throws IOException {
        Files.createDirectories(out);
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        json.writeValue(out.resolve("result.json").toFile(), bodies);
        AtomicFile.write(
                out.resolve("params.npz"),
                stream -> BodyParameters.write(
                        IntStream.range(0, bodies.size()).boxed().toList(), bodies, stream));
        FittedMeshes meshes = new FittedMeshes(body);
        MeshPoser poser = new MeshPoser(body);
        FitOverlayImage overlay = new FitOverlayImage(width, height);
        for (int i = 0; i < bodies.size(); i++) {
            FittedBody fitted = bodies.get(i);
            overlay.draw(
                    poser.vertices(fitted.betas(), fitted.pose(), fitted.translation()),
                    body.faces(),
                    fitted,
                    problems.get(i));
            String name = "person-" + i;
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
                            "person %d: %.1f %% of its size off, %d steps, %s%n",
                            i,
                            100 * fitted.reprojectionError(),
                            fitted.quality().steps(),
                            fitted.quality().termination());
        }
        spec.commandLine().getOut().flush();
        ImageIO.write(overlay.image(), "png", out.resolve("overlay.png").toFile());
    }
}
