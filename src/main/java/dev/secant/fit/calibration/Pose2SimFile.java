package dev.secant.fit.calibration;

import dev.secant.fit.Camera;
import dev.secant.fit.views.CalibratedCamera;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Pose2Sim's {@code Calib.toml} (and Anipose's): a table a camera with {@code size}, {@code matrix}, {@code distortions} (k1, k2, p1,
 * p2), {@code rotation} (a vector) and {@code translation}, from the world to the camera. A camera's id is the table's name.
 */
final class Pose2SimFile {

    private Pose2SimFile() {}

    static List<CalibratedCamera> read(Path file) {
        Map<String, Object> tables;
        try {
            tables = new TomlMapper().readValue(file.toFile(), new TypeReference<>() {});
        } catch (JacksonException e) {
            throw new CalibrationException(
                    "The calibration file (%s) is not TOML: %s".formatted(file, e.getOriginalMessage()), e);
        }
        List<CalibratedCamera> cameras = new ArrayList<>();
        tables.forEach((name, table) -> {
            if (table instanceof Map<?, ?> map && map.containsKey("matrix")) {
                @SuppressWarnings("unchecked") // Keys of TOML are text.
                Map<String, Object> values = (Map<String, Object>) map;
                cameras.add(camera(name, new StoredNode(file, values)));
            }
        });
        return cameras;
    }

    private static CalibratedCamera camera(String name, StoredNode node) {
        if (Boolean.TRUE.equals(node.values().get("fisheye"))) {
            throw new CalibrationException(
                    "The camera %s of the calibration file (%s) has a fisheye lens, which is not supported."
                            .formatted(name, node.file()));
        }
        for (String needed : List.of("rotation", "translation")) {
            if (!node.has(needed)) {
                throw new CalibrationException(
                        "The camera %s of the calibration file (%s) has no %s. Maybe its extrinsics were not calibrated yet."
                                .formatted(name, node.file(), needed));
            }
        }
        Camera intrinsics = CameraAssembly.intrinsics(node, "matrix", node.firstOf("distortions"));
        Optional<double[]> size = node.has("size") ? Optional.of(node.numbers("size", 2)) : Optional.empty();
        return CameraAssembly.camera(
                name, size, intrinsics, CameraAssembly.rotation(node, "rotation"), node.numbers("translation", 3));
    }
}
