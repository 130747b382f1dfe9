package dev.secant.fit.calibration;

import dev.secant.fit.Camera;
import dev.secant.fit.Distortion;
import dev.secant.fit.views.CalibratedCamera;
import java.util.Optional;

/** Makes cameras of what files say: a camera matrix, distortion coefficients, a rotation and a translation. */
final class CameraAssembly {

    private CameraAssembly() {}

    /**
     * The intrinsics of a camera.
     *
     * @param matrix {@code [[fx, s, cx], [0, fy, cy], [0, 0, 1]]} by rows; the skew s must be 0
     */
    static Camera intrinsics(StoredNode node, String matrix, Optional<String> distortion) {
        double[] k = node.numbers(matrix, 9);
        if (Math.abs(k[1]) > 1e-6 * Math.abs(k[0])) {
            throw node.wrong(matrix, "has a skew (%s), which is not supported".formatted(k[1]));
        }
        try {
            return new Camera(k[0], k[4], k[2], k[5])
                    .with(distortion.map(name -> distortion(node, name)).orElse(Distortion.NONE));
        } catch (IllegalArgumentException e) {
            throw new CalibrationException(
                    "The value %s of the calibration file (%s) is no camera: %s"
                            .formatted(matrix, node.file(), e.getMessage()),
                    e);
        }
    }

    private static Distortion distortion(StoredNode node, String name) {
        double[] numbers = node.numbers(name);
        double[] known = new double[5];
        for (int i = 0; i < numbers.length; i++) {
            if (i < 5) {
                known[i] = numbers[i];
            } else if (numbers[i] != 0) {
                throw node.wrong(
                        name,
                        "has %d distortion coefficients, but only k1, k2, p1, p2 and k3 are supported"
                                .formatted(numbers.length));
            }
        }
        return Distortion.of(known);
    }

    /** A rotation as a vector of 3 or a matrix of 9 numbers, {@code [9]}. */
    static double[] rotation(StoredNode node, String name) {
        double[] numbers = node.numbers(name);
        if (numbers.length == 3) {
            return CalibratedCamera.rotation(numbers);
        }
        if (!CalibratedCamera.isRotation(numbers)) {
            throw node.wrong(name, "must be a rotation: a vector of 3 numbers or a rotation matrix of 9");
        }
        return numbers;
    }

    /** A camera; where the size of its image is not known, its centre is taken to be the principal point. */
    static CalibratedCamera camera(
            String id, Optional<double[]> size, Camera intrinsics, double[] rotation, double[] translation) {
        double[] image = size.orElse(new double[] {2 * intrinsics.centerX(), 2 * intrinsics.centerY()});
        return new CalibratedCamera(id, image[0], image[1], intrinsics, rotation, translation);
    }
}
