package dev.secant.fit.views;

import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.Camera;

/**
 * A camera whose place in the world is known: {@code x_camera = rotation x_world + translation}.
 *
 * @param id its name
 * @param width of its image, pixels
 * @param height of its image, pixels
 * @param intrinsics focal lengths, principal point and distortion
 * @param rotation from the world to the camera (x right, y down, z forward), a rotation matrix by rows, {@code [3, 3]}
 * @param translation metres, {@code [3]}
 */
public record CalibratedCamera(
        String id, double width, double height, Camera intrinsics, double[] rotation, double[] translation) {

    /** How far rows and columns of a rotation may be from orthonormal: files have few digits. */
    private static final double ORTHONORMAL = 1e-3;

    public CalibratedCamera {
        if (!(width > 0) || !(height > 0)) {
            throw new IllegalArgumentException(
                    "The image (%s x %s) of the camera (%s) must have a size.".formatted(width, height, id));
        }
        if (!isRotation(rotation)) {
            throw new IllegalArgumentException(
                    "The rotation of the camera (%s) must be a 3 x 3 rotation matrix.".formatted(id));
        }
        if (translation.length != 3 || !Double.isFinite(translation[0] + translation[1] + translation[2])) {
            throw new IllegalArgumentException(
                    "The translation of the camera (%s) must be three finite numbers.".formatted(id));
        }
    }

    /** Whether a matrix, by rows, is a rotation up to the rounding of files: orthonormal, of determinant 1. */
    public static boolean isRotation(double[] matrix) {
        if (matrix.length != 9) {
            return false;
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double dot = 0;
                for (int k = 0; k < 3; k++) {
                    dot += matrix[3 * i + k] * matrix[3 * j + k];
                }
                if (!(Math.abs(dot - (i == j ? 1 : 0)) <= ORTHONORMAL)) {
                    return false;
                }
            }
        }
        return determinant(matrix) > 0;
    }

    private static double determinant(double[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    /** The rotation matrix of a rotation vector (axis times angle in radians, as OpenCV's Rodrigues), {@code [9]}. */
    public static double[] rotation(double[] vector) {
        return Rotations.matrix(vector[0], vector[1], vector[2]);
    }

    /** A point of the world, metres, in camera space, {@code [3]}. */
    public double[] toCamera(double[] world) {
        double[] seen = translation.clone();
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                seen[i] += rotation[3 * i + k] * world[k];
            }
        }
        return seen;
    }

    /** A point in camera space, metres, in the world, {@code [3]}. */
    public double[] toWorld(double[] seen) {
        double[] world = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                world[k] += rotation[3 * i + k] * (seen[i] - translation[i]);
            }
        }
        return world;
    }

    /** Points of the world, metres, in camera space, {@code [P, 3]}. */
    public float[] toCamera(float[] world) {
        float[] seen = new float[world.length];
        for (int p = 0; p < world.length; p += 3) {
            double[] point = toCamera(new double[] {world[p], world[p + 1], world[p + 2]});
            for (int i = 0; i < 3; i++) {
                seen[p + i] = (float) point[i];
            }
        }
        return seen;
    }

    /** The same camera where a unit of its calibration is so many metres. */
    public CalibratedCamera scaled(double metresPerUnit) {
        double[] metres = new double[3];
        for (int i = 0; i < 3; i++) {
            metres[i] = metresPerUnit * translation[i];
        }
        return new CalibratedCamera(id, width, height, intrinsics, rotation, metres);
    }
}
