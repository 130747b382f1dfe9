package dev.secant.cli.sequence;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.Camera;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.files.OpenPoseFile;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.fit.output.SequenceFiles;
import dev.secant.fit.sequence.FittedSequence;
import dev.secant.fit.sequence.MotionPrior;
import dev.secant.fit.sequence.PersonTracker;
import dev.secant.fit.sequence.RangeExecutor;
import dev.secant.fit.sequence.SequenceFitter;
import dev.secant.fit.sequence.SequenceObserver;
import dev.secant.fit.sequence.SequenceProblem;
import dev.secant.fit.sequence.SequenceWeights;
import dev.secant.io.AtomicFile;
import dev.secant.jobs.fit.SequenceOutcome;
import dev.secant.web.jobs.SequenceResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Fits everybody in a folder of OpenPose files, one file a frame. */
@Command(
        name = "fit-sequence",
        mixinStandardHelpOptions = true,
        description =
                "Fits a body to each person in a folder of OpenPose files, one file a frame in the order of their names. Writes for each"
                        + " person N, most often seen first, person-N.json, .npz (AMASS layout), .glb (animated), .bvh and .png (some frames"
                        + " from the camera and from the side).")
@SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
public final class FitSequenceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "Folder of OpenPose output files.")
    private Path folder;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Output directory.")
    private Path out;

    @Option(names = "--width", required = true, paramLabel = "PIXELS", description = "Image width.")
    private int width;

    @Option(names = "--height", required = true, paramLabel = "PIXELS", description = "Image height.")
    private int height;

    @Option(names = "--frame-rate", required = true, paramLabel = "HZ", description = "Frames per second.")
    private double frameRate;

    @Option(names = "--focal", paramLabel = "PIXELS", description = "Focal length (default: the image diagonal).")
    private @Nullable Double focal;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description = "Keypoint layout: body_25, body_25b, coco_18 or coco_17 (default: detected from the files).")
    private @Nullable String layout;

    @Option(
            names = "--steps",
            defaultValue = "" + SequenceFitter.Settings.DEFAULT_STEPS,
            description = "Gauss-Newton steps at most, 0 to 100 (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--smoothness",
            defaultValue = "1",
            description = "Factor of the smoothness over time; more is smoother (default: ${DEFAULT-VALUE}).")
    private double smoothness;

    @Option(
            names = "--least-frames",
            defaultValue = "5",
            description = "People seen in fewer frames are left out (default: ${DEFAULT-VALUE}).")
    private int leastFrames;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "Body model in SMPL format (default: the bundled one).")
    private @Nullable Path bodyFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (width < 1 || height < 1) {
            throw wrong("The image's size (%d x %d) must be positive.".formatted(width, height));
        }
        if (!(frameRate > 0 && frameRate <= 1000)) {
            throw wrong("The frame rate (%s) must be above 0 and at most 1,000.".formatted(frameRate));
        }
        if (!(smoothness > 0)) {
            throw wrong("The smoothness (%s) must be positive.".formatted(smoothness));
        }
        PersonTracker tracker = new PersonTracker(frameRate);
        KeypointLayout found = read(tracker);
        List<PersonTracker.Track> people = tracker.tracks(leastFrames);
        if (people.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nobody in the folder (%s) is seen in %d frames. Maybe lower --least-frames."
                            .formatted(folder, leastFrames));
        }
        BodyModel body = bodyFile == null ? BodyModels.defaultBody() : BodyModels.load(bodyFile);
        Files.createDirectories(out);
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            SequenceFitter fitter = new SequenceFitter(body, MotionPrior.MEASURED, RangeExecutor.on(threads));
            DefaultBodyFitter estimator = new DefaultBodyFitter(body, CheckpointRegistry.bundled(), "body");
            for (int person = 0; person < people.size(); person++) {
                fit(person, people.get(person), found, body, fitter, estimator);
            }
        } finally {
            threads.shutdown();
        }
        return 0;
    }

    /** Feeds the tracker; returns the layout of all files. */
    private KeypointLayout read(PersonTracker tracker) throws IOException {
        Optional<KeypointLayout> given = Optional.ofNullable(layout).map(name -> KeypointLayout.byId(name)
                .orElseThrow(() -> wrong("Unknown keypoint layout (%s).".formatted(name))));
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("The folder (%s) holds no .json file.".formatted(folder));
        }
        List<List<OpenPoseFile.Person>> frames = new ArrayList<>();
        for (Path file : files) {
            try {
                frames.add(OpenPoseFile.parse(Files.readAllBytes(file), given).people());
            } catch (OpenPoseFile.FormatException e) {
                throw new IllegalArgumentException("%s: %s".formatted(file.getFileName(), e.getMessage()), e);
            }
        }
        // A file is told from its own people; the first that has any speaks for all.
        KeypointLayout found = given.or(() -> frames.stream()
                        .flatMap(List::stream)
                        .map(OpenPoseFile.Person::layout)
                        .findFirst())
                .orElseThrow(() ->
                        new IllegalArgumentException("Nobody is in any file of the folder (%s).".formatted(folder)));
        for (List<OpenPoseFile.Person> people : frames) {
            tracker.add(people.stream()
                    .map(OpenPoseFile.Person::keypoints)
                    .filter(keypoints -> keypoints.length == 3 * found.size())
                    .toList());
        }
        return found;
    }

    private void fit(
            int person,
            PersonTracker.Track track,
            KeypointLayout found,
            BodyModel body,
            SequenceFitter fitter,
            DefaultBodyFitter estimator)
            throws IOException {
        Camera camera = focal == null ? Camera.unknown(width, height) : Camera.ofFocal(focal, width, height);
        long began = System.nanoTime();
        FittedSequence sequence = fitter.fit(
                new SequenceProblem(found, camera, frameRate, track.frames()),
                new SequenceFitter.Settings(steps, SequenceWeights.DEFAULT.times(smoothness)),
                estimator::estimate,
                SequenceObserver.NONE);
        double seconds = (System.nanoTime() - began) / 1e9;
        String name = "person-" + person;
        SequenceFiles files = new SequenceFiles(body);
        AtomicFile.write(out.resolve(name + ".npz"), stream -> files.writeAmass(name, sequence, stream));
        AtomicFile.write(out.resolve(name + ".glb"), stream -> files.writeGlb(name, sequence, stream));
        AtomicFile.write(out.resolve(name + ".bvh"), stream -> files.writeBvh(name, sequence, stream));
        ImageIO.write(
                new ContactSheet(body).draw(sequence, track.frames()),
                "png",
                out.resolve(name + ".png").toFile());
        SequenceResult result = SequenceResult.of(SequenceOutcome.of(sequence, estimator.provenance()));
        JsonMapper.shared().writeValue(out.resolve(name + ".json").toFile(), result);
        PrintWriter told = spec.commandLine().getOut();
        told.printf(
                "person %d: frames %d to %d, seen in %d, exchanged in %d; reprojection error %.1f %% of body size; %d steps, %.0f frames/s%n",
                person,
                track.first(),
                track.first() + track.frames().size() - 1,
                result.observed(),
                sequence.frames().stream()
                        .filter(FittedSequence.Frame::exchanged)
                        .count(),
                100 * result.quality().reprojectionError(),
                sequence.steps(),
                track.frames().size() / seconds);
        told.flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
