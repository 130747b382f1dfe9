package dev.secant.evaluation.body;

import dev.secant.fit.KeypointLayout;
import dev.secant.fit.files.OpenPoseFile;
import dev.secant.fit.views.CalibratedCamera;
import dev.secant.fit.views.MultiViewProblem;
import dev.secant.fit.views.PeopleMatching;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Detected people of a calibrated multi-view recording with a 3D reference.
 *
 * <p>The keypoints lie in a folder a camera, in the order of the calibration's cameras (Pose2Sim's layout); a file's frame is the last
 * number in its name before {@code .json} and {@code _keypoints}. The reference is JSON: {@code joint_names}, and {@code frames} with
 * {@code frame}, {@code person_index_per_camera} and {@code joints_3d}, metres in the calibration's world, null where unknown.
 *
 * @param people one a frame of the reference
 * @param matched frames in which {@link PeopleMatching} finds the person that the reference names, in all views
 */
public record MultiViewFolder(List<ViewsEvaluation.Person> people, int matched) {

    private static final Pattern FRAME = Pattern.compile("(\\d+)(_keypoints)?\\.json$");

    /** Reads a recording. */
    public static MultiViewFolder read(List<CalibratedCamera> cameras, Path poses, Path reference) {
        try {
            List<Path> folders = sorted(poses, Files::isDirectory);
            if (folders.size() != cameras.size()) {
                throw new IllegalArgumentException("The folder (%s) has %d folders, but there are %d cameras."
                        .formatted(poses, folders.size(), cameras.size()));
            }
            JsonNode document = JsonMapper.shared().readTree(reference.toFile());
            List<String> names = new ArrayList<>();
            document.path("joint_names").forEach(name -> names.add(name.asString()));
            List<ViewsEvaluation.Person> people = new ArrayList<>();
            int matched = 0;
            for (JsonNode frame : document.path("frames")) {
                List<OpenPoseFile> files = new ArrayList<>();
                for (Path folder : folders) {
                    files.add(OpenPoseFile.parse(
                            Files.readAllBytes(file(folder, frame.path("frame").asInt()))));
                }
                int[] named = named(frame, cameras.size());
                people.add(new ViewsEvaluation.Person(problem(cameras, files, named), joints(frame, names)));
                matched += isMatched(cameras, files, named) ? 1 : 0;
            }
            return new MultiViewFolder(people, matched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] named(JsonNode frame, int cameras) {
        int[] named = new int[cameras];
        for (int v = 0; v < cameras; v++) {
            named[v] = frame.path("person_index_per_camera").path(v).asInt();
        }
        return named;
    }

    private static MultiViewProblem problem(List<CalibratedCamera> cameras, List<OpenPoseFile> files, int[] named) {
        List<MultiViewProblem.View> views = new ArrayList<>();
        for (int v = 0; v < cameras.size(); v++) {
            views.add(new MultiViewProblem.View(
                    cameras.get(v), files.get(v).people().get(named[v]).keypoints()));
        }
        return new MultiViewProblem(layout(files), views);
    }

    private static KeypointLayout layout(List<OpenPoseFile> files) {
        return files.stream()
                .flatMap(file -> file.people().stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody was detected in a frame of the reference."))
                .layout();
    }

    private static boolean isMatched(List<CalibratedCamera> cameras, List<OpenPoseFile> files, int[] named) {
        List<List<double[]>> people = files.stream()
                .map(file -> file.people().stream()
                        .map(OpenPoseFile.Person::keypoints)
                        .toList())
                .toList();
        return new PeopleMatching(PeopleMatching.DEFAULT_GATE)
                .match(cameras, layout(files), people).stream().anyMatch(person -> Arrays.equals(person, named));
    }

    private static double[][] joints(JsonNode frame, List<String> names) {
        List<String> wanted = ViewsEvaluation.joints();
        double[][] joints = new double[wanted.size()][];
        for (int i = 0; i < joints.length; i++) {
            JsonNode joint = frame.path("joints_3d").path(names.indexOf(wanted.get(i)));
            if (joint.isArray()) {
                joints[i] = new double[] {
                    joint.get(0).asDouble(),
                    joint.get(1).asDouble(),
                    joint.get(2).asDouble()
                };
            }
        }
        return joints;
    }

    private static Path file(Path folder, int frame) throws IOException {
        return sorted(folder, Files::isRegularFile).stream()
                .filter(file -> {
                    Matcher matcher = FRAME.matcher(String.valueOf(file.getFileName()));
                    return matcher.find() && Integer.parseInt(matcher.group(1)) == frame;
                })
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The folder (%s) has no keypoints of the frame (%d).".formatted(folder, frame)));
    }

    private static List<Path> sorted(Path folder, java.util.function.Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(wanted).sorted().toList();
        }
    }
}
