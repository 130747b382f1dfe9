package dev.secant.fit.files;

import dev.secant.fit.KeypointLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The people of a file that OpenPose wrote with {@code --write_json}.
 *
 * <p>Read are {@code people[].pose_keypoints_2d} and its older name {@code pose_keypoints}: x, y in pixels and confidence,
 * flat; (0, 0, 0) is not detected. Everything else in the file (hands, faces, 3D points) is passed over.
 *
 * @param people in the order of the file
 */
public record OpenPoseFile(List<Person> people) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> KEYS = List.of("pose_keypoints_2d", "pose_keypoints");

    public OpenPoseFile {
        people = List.copyOf(people);
    }

    /**
     * @param layout the order of its keypoints
     * @param keypoints x, y in pixels and confidence, {@code [K, 3]}; all zero if the file has none for this person
     */
    public record Person(KeypointLayout layout, double[] keypoints) {}

    /** The file is not what OpenPose writes. */
    public static final class FormatException extends RuntimeException {

        private final String pointer;

        FormatException(String pointer, String message) {
            super(message);
            this.pointer = pointer;
        }

        /** Where: a JSON Pointer (RFC 6901); empty is the whole document. */
        public String pointer() {
            return pointer;
        }
    }

    /**
     * Reads a file whose layout is told by the number of its keypoints and, for 25 of them, by their geometry: see {@link
     * OpenPoseLayoutDetector}.
     *
     * @param json UTF-8, UTF-16 or UTF-32
     * @throws FormatException if it is JSON, but not OpenPose's
     * @throws JacksonException if it is not JSON
     */
    public static OpenPoseFile parse(byte[] json) {
        return parse(json, Optional.empty());
    }

    /**
     * Reads a file of a known layout.
     *
     * @param json UTF-8, UTF-16 or UTF-32
     * @param layout empty if it is not known
     * @throws FormatException if it is JSON, but not OpenPose's, or has another layout
     * @throws JacksonException if it is not JSON
     */
    public static OpenPoseFile parse(byte[] json, Optional<KeypointLayout> layout) {
        JsonNode people = JSON.readTree(json).path("people");
        if (!people.isArray()) {
            throw new FormatException("/people", "An OpenPose file has an array people.");
        }
        List<double[]> keypoints = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            keypoints.add(keypoints(people.get(i), "/people/" + i));
        }
        KeypointLayout body25 = OpenPoseLayoutDetector.of(keypoints);
        List<Person> result = new ArrayList<>();
        for (int i = 0; i < keypoints.size(); i++) {
            double[] numbers = keypoints.get(i);
            KeypointLayout found = layout.orElseGet(() -> layoutOf(numbers.length, body25));
            if (numbers.length == 0) {
                result.add(new Person(found, new double[3 * found.size()]));
            } else if (numbers.length == 3 * found.size()) {
                result.add(new Person(found, numbers));
            } else {
                throw wrongLength(i, numbers.length, layout);
            }
        }
        return new OpenPoseFile(result);
    }

    private static KeypointLayout layoutOf(int numbers, KeypointLayout body25) {
        return switch (numbers) {
            case 54 -> KeypointLayout.COCO_18;
            case 51 -> KeypointLayout.COCO_17;
            default -> body25;
        };
    }

    private static FormatException wrongLength(int person, int numbers, Optional<KeypointLayout> layout) {
        String expected = layout.map(known -> "The layout %s has %d numbers.".formatted(known.id(), 3 * known.size()))
                .orElse("Known are 75 (body_25, body_25b), 54 (coco_18) and 51 (coco_17).");
        return new FormatException(
                "/people/" + person, "This person has %d numbers of keypoints. %s".formatted(numbers, expected));
    }

    private static double[] keypoints(JsonNode person, String pointer) {
        if (!person.isObject()) {
            throw new FormatException(pointer, "A person is an object with pose_keypoints_2d.");
        }
        for (String key : KEYS) {
            JsonNode numbers = person.get(key);
            if (numbers != null) {
                return numbers(numbers, pointer + "/" + key);
            }
        }
        throw new FormatException(
                pointer, "This person has no pose_keypoints_2d. Maybe the detector ran without the body.");
    }

    private static double[] numbers(JsonNode array, String pointer) {
        if (!array.isArray()) {
            throw new FormatException(pointer, "The keypoints are an array of numbers.");
        }
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = array.get(i);
            if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
                throw new FormatException(pointer + "/" + i, "A keypoint's number must be a finite number.");
            }
            numbers[i] = number.doubleValue();
        }
        return numbers;
    }
}
