package dev.secant.fit;

import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.PointDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every keypoint that a layout can name, as a point of the body; the map is data ({@code keypoint-points.json}).
 *
 * <p>The fit works on this union ("slots"); a layout fills the slots it has and leaves the others undetected.
 */
public final class KeypointCatalogue {

    private static final List<PointDefinition> POINTS = load();
    private static final Map<String, Integer> SLOTS = slots();

    private static final int[] INITIALIZER_SLOTS = KeypointLayout.BODY_25.keypoints().stream()
            .filter(name -> !name.endsWith("small_toe"))
            .mapToInt(KeypointCatalogue::slot)
            .toArray();

    private KeypointCatalogue() {}

    /** All points; the place of a point is its slot. */
    public static List<PointDefinition> all() {
        return POINTS;
    }

    /** The slot of a keypoint's name. */
    public static int slot(String name) {
        Integer slot = SLOTS.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("There is no keypoint (%s) among %s.".formatted(name, SLOTS.keySet()));
        }
        return slot;
    }

    /** The slots of a layout's keypoints, in its order. */
    public static int[] slots(KeypointLayout layout) {
        return layout.keypoints().stream().mapToInt(KeypointCatalogue::slot).toArray();
    }

    /** The slots that the initialiser sees: BODY_25 without the small toes, 23 keypoints. */
    public static int[] initializerSlots() {
        return INITIALIZER_SLOTS.clone();
    }

    private static Map<String, Integer> slots() {
        Map<String, Integer> slots = new LinkedHashMap<>();
        IntStream.range(0, POINTS.size()).forEach(i -> slots.put(POINTS.get(i).name(), i));
        return slots;
    }

    private static List<PointDefinition> load() {
        try (InputStream in = KeypointCatalogue.class.getResourceAsStream("keypoint-points.json")) {
            if (in == null) {
                throw new IllegalStateException("The resource keypoint-points.json is missing from the jar.");
            }
            return JsonMapper.shared().readTree(in).path("points").properties().stream()
                    .map(entry -> point(entry.getKey(), entry.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PointDefinition point(String name, JsonNode node) {
        Map<SmplJoint, Double> joints = new EnumMap<>(SmplJoint.class);
        node.path("joints")
                .properties()
                .forEach(entry -> joints.put(
                        SmplJoint.valueOf(entry.getKey().toUpperCase(Locale.ROOT)),
                        entry.getValue().asDouble()));
        Map<String, Double> landmarks = new LinkedHashMap<>();
        node.path("landmarks")
                .properties()
                .forEach(entry -> landmarks.put(entry.getKey(), entry.getValue().asDouble()));
        return new PointDefinition(name, joints, landmarks);
    }
}
