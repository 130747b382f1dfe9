package dev.secant.fit.calibration;

import dev.secant.fit.Camera;
import dev.secant.fit.views.CalibratedCamera;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calibrations in files of OpenCV's {@code FileStorage}, in the three forms in which they are met:
 *
 * <ul>
 *   <li>EasyMocap's {@code intri.yml} and {@code extri.yml}: {@code names}, then {@code K_NAME}, {@code dist_NAME}, {@code Rot_NAME} or
 *       {@code R_NAME} (a vector), {@code T_NAME}, and perhaps {@code H_NAME} and {@code W_NAME};
 *   <li>a stereo pair, as OpenCV's sample writes it in {@code intrinsics.yml} and {@code extrinsics.yml}: {@code M1}, {@code D1}, {@code
 *       M2}, {@code D2}, {@code R}, {@code T}. The first camera, {@code 1}, is the world; the second is {@code 2};
 *   <li>a file a camera: {@code camera_matrix}, {@code distortion_coefficients}, {@code image_width}, {@code image_height} as OpenCV's
 *       sample writes them, and a rotation and a translation ({@code R} or {@code rvec}, {@code T} or {@code tvec}). A camera's id is the
 *       file's name without extension.
 * </ul>
 */
final class OpenCvCalibrations {

    private static final String[] MATRIX = {"camera_matrix", "cameraMatrix", "Camera_Matrix", "K"};
    private static final String[] DISTORTION = {
        "distortion_coefficients", "distCoeffs", "dist_coeffs", "Distortion_Coefficients", "dist", "D"
    };
    private static final String[] ROTATION = {"R", "rotation", "rotation_matrix", "rvec"};
    private static final String[] TRANSLATION = {"T", "translation", "translation_vector", "tvec", "t"};

    private OpenCvCalibrations() {}

    /** The cameras of files that belong together. */
    static List<CalibratedCamera> read(List<Path> files) {
        List<StoredNode> nodes = files.stream().map(OpenCvStorage::read).toList();
        Map<String, Object> all = new LinkedHashMap<>();
        nodes.forEach(node -> all.putAll(node.values()));
        StoredNode together = new StoredNode(files.get(0), all);
        if (together.has("names")) {
            return easyMocap(together);
        }
        if (together.has("M1") && together.has("M2")) {
            return stereo(together);
        }
        return nodes.stream().map(OpenCvCalibrations::single).toList();
    }

    private static List<CalibratedCamera> easyMocap(StoredNode node) {
        List<CalibratedCamera> cameras = new ArrayList<>();
        if (!(node.values().get("names") instanceof List<?> names)) {
            throw node.wrong("names", "must be a list");
        }
        for (Object listed : names) {
            String name = String.valueOf(listed);
            require(node, name, "K_" + name, "its camera matrix");
            require(node, name, "T_" + name, "its translation, which EasyMocap writes into extri.yml");
            String rotation = node.firstOf("Rot_" + name, "R_" + name)
                    .orElseThrow(() -> missing(node, name, "Rot_" + name, "its rotation"));
            Camera intrinsics = CameraAssembly.intrinsics(node, "K_" + name, node.firstOf("dist_" + name, "D_" + name));
            Optional<double[]> size = node.number("W_" + name)
                    .flatMap(width -> node.number("H_" + name).map(height -> new double[] {width, height}));
            cameras.add(CameraAssembly.camera(
                    name, size, intrinsics, CameraAssembly.rotation(node, rotation), node.numbers("T_" + name, 3)));
        }
        return cameras;
    }

    private static List<CalibratedCamera> stereo(StoredNode node) {
        require(node, "2", "R", "its rotation, which OpenCV's sample writes into extrinsics.yml");
        require(node, "2", "T", "its translation, which OpenCV's sample writes into extrinsics.yml");
        double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        return List.of(
                CameraAssembly.camera(
                        "1",
                        size(node),
                        CameraAssembly.intrinsics(node, "M1", node.firstOf("D1")),
                        identity,
                        new double[3]),
                CameraAssembly.camera(
                        "2",
                        size(node),
                        CameraAssembly.intrinsics(node, "M2", node.firstOf("D2")),
                        CameraAssembly.rotation(node, "R"),
                        node.numbers("T", 3)));
    }

    private static CalibratedCamera single(StoredNode node) {
        String file = String.valueOf(node.file().getFileName());
        String id = file.replaceFirst("\\.[^.]*$", "");
        String matrix = node.firstOf(MATRIX).orElseThrow(() -> missing(node, id, MATRIX[0], "its camera matrix"));
        String rotation = node.firstOf(ROTATION).orElseThrow(() -> missing(node, id, ROTATION[0], "its rotation"));
        String translation =
                node.firstOf(TRANSLATION).orElseThrow(() -> missing(node, id, TRANSLATION[0], "its translation"));
        return CameraAssembly.camera(
                id,
                size(node),
                CameraAssembly.intrinsics(node, matrix, node.firstOf(DISTORTION)),
                CameraAssembly.rotation(node, rotation),
                node.numbers(translation, 3));
    }

    private static Optional<double[]> size(StoredNode node) {
        return node.number("image_width")
                .flatMap(width -> node.number("image_height").map(height -> new double[] {width, height}));
    }

    private static void require(StoredNode node, String camera, String name, String what) {
        if (!node.has(name)) {
            throw missing(node, camera, name, what);
        }
    }

    private static CalibrationException missing(StoredNode node, String camera, String name, String what) {
        return new CalibrationException("The camera %s of the calibration file (%s) has no %s: %s is missing."
                .formatted(camera, node.file(), name, what));
    }
}
