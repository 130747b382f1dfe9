package dev.secant.fit.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.secant.fit.DetectedPeople;
import dev.secant.fit.KeypointLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;

class OpenPoseFileTest {

    private static final Path KEYPOINTS =
            Path.of(System.getProperty("secant.shared", "../shared")).resolve("keypoints");

    @Test
    void readsTheOlderKeyAndTellsCoco18ByItsLength() {
        OpenPoseFile file = parse("{\"people\":[{\"pose_keypoints\":%s}]}".formatted(numbers(54)));

        assertThat(file.people()).singleElement().satisfies(person -> {
            assertThat(person.layout()).isEqualTo(KeypointLayout.COCO_18);
            assertThat(person.keypoints()).hasSize(54);
        });
    }

    @Test
    void aPersonWithoutKeypointsIsAllZero() {
        OpenPoseFile file =
                parse("{\"version\":1.3,\"people\":[{\"pose_keypoints_2d\":[],\"face_keypoints_2d\":[1]}]}");

        assertThat(file.people().get(0).layout()).isEqualTo(KeypointLayout.BODY_25);
        assertThat(file.people().get(0).keypoints()).hasSize(75).containsOnly(0);
    }

    @Test
    void noPeopleIsAFileToo() {
        assertThat(parse("{\"people\":[]}").people()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/people",
                "[]|/people",
                "{\"people\":{}}|/people",
                "{\"people\":[3]}|/people/0",
                "{\"people\":[{\"face_keypoints_2d\":[]}]}|/people/0",
                "{\"people\":[{\"pose_keypoints_2d\":7}]}|/people/0/pose_keypoints_2d",
                "{\"people\":[{\"pose_keypoints_2d\":[1,\"2\",3]}]}|/people/0/pose_keypoints_2d/1",
                "{\"people\":[{\"pose_keypoints_2d\":[1,2,1e999]}]}|/people/0/pose_keypoints_2d/2",
                "{\"people\":[{\"pose_keypoints_2d\":[1,2,3]}]}|/people/0",
            })
    void pointsAtWhatIsWrong(String json, String pointer) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(OpenPoseFile.FormatException.class, problem -> assertThat(problem.pointer())
                        .isEqualTo(pointer));
    }

    @Test
    void aLayoutThatWasAskedForMustFit() {
        byte[] json = "{\"people\":[{\"pose_keypoints_2d\":%s}]}"
                .formatted(numbers(54))
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> OpenPoseFile.parse(json, Optional.of(KeypointLayout.BODY_25)))
                .isInstanceOf(OpenPoseFile.FormatException.class)
                .hasMessageContaining("54")
                .hasMessageContaining("body_25 has 75");
    }

    @ParameterizedTest
    @CsvSource({"'', x", "'{\"people\":[{\"pose_keypoints_2d\":[NaN]}]}', x", "'{\"people\":[', x"})
    void whatIsNotJsonIsToldApart(String json, String ignored) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfAny(JacksonException.class, OpenPoseFile.FormatException.class);
    }

    /** Each person by itself, with noise and gaps. */
    @ParameterizedTest
    @EnumSource(
            value = KeypointLayout.class,
            names = {"BODY_25", "BODY_25B"})
    void tellsTheTwoOrdersOf25PointsApart(KeypointLayout layout) {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(parse(DetectedPeople.openPose(layout, 1, seed)).people())
                    .singleElement()
                    .extracting(OpenPoseFile.Person::layout)
                    .as("seed %d", seed)
                    .isEqualTo(layout);
        }
    }

    @Test
    void tellsTheTwoOrdersOf25PointsApartInEveryRealFile() throws IOException {
        assumeTrue(Files.isDirectory(KEYPOINTS), "Skipped: there are no real keypoint files at " + KEYPOINTS);
        assertThat(layouts("pose2sim_cam03_sequence/body25b")).containsOnly(KeypointLayout.BODY_25B);
        assertThat(layouts("pose2sim_cam03_sequence/body25_reordered")).containsOnly(KeypointLayout.BODY_25);
        assertThat(layouts("pose2sim_balancing/pose")).containsOnly(KeypointLayout.BODY_25B);
        assertThat(layouts("spin")).containsOnly(KeypointLayout.BODY_25);
        assertThat(layouts("hmr")).containsExactly(KeypointLayout.COCO_18, KeypointLayout.COCO_18);
    }

    private static List<KeypointLayout> layouts(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(KEYPOINTS.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".json")
                            && !file.toString().contains("bbox"))
                    .sorted()
                    .flatMap(file -> OpenPoseFile.parse(bytes(file)).people().stream())
                    .map(OpenPoseFile.Person::layout)
                    .toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList().toString();
    }

    private static OpenPoseFile parse(String json) {
        return OpenPoseFile.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
