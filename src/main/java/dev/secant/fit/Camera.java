package dev.secant.fit;

/**
 * A pinhole camera without distortion, in pixels.
 *
 * @param focalX focal length, x
 * @param focalY focal length, y
 * @param centerX principal point, x
 * @param centerY principal point, y
 */
public record Camera(double focalX, double focalY, double centerX, double centerY) {

    public Camera {
        if (!(focalX > 0 && focalX < 1e7) || !(focalY > 0 && focalY < 1e7)) {
            throw new IllegalArgumentException(
                    "The focal lengths (%s, %s) of the camera must be positive numbers of pixels."
                            .formatted(focalX, focalY));
        }
        if (!Double.isFinite(centerX) || !Double.isFinite(centerY)) {
            throw new IllegalArgumentException(
                    "The principal point (%s, %s) of the camera must be finite.".formatted(centerX, centerY));
        }
    }

    /**
     * The camera assumed where nothing is known: the principal point at the image's centre and a focal length of the
     * image's diagonal, a field of view of 53 degrees across it (Kissos et al., "Beyond Weak Perspective", 2020).
     */
    public static Camera unknown(double width, double height) {
        return ofFocal(Math.hypot(width, height), width, height);
    }

    /** A camera of known focal length whose principal point is the image's centre. */
    public static Camera ofFocal(double focal, double width, double height) {
        return new Camera(focal, focal, width / 2, height / 2);
    }
}
