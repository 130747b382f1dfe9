package dev.secant.fit;

import java.util.Objects;
import java.util.Optional;

/**
 * A pinhole camera with a distorting lens, in pixels.
 *
 * @param focalX focal length, x
 * @param focalY focal length, y
 * @param centerX principal point, x
 * @param centerY principal point, y
 * @param distortion of the lens; null, as in results of versions that knew none, is none
 * @param source where the focal length is from; null, as in results of older versions, is {@link Source#GIVEN}
 */
public record Camera(
        double focalX, double focalY, double centerX, double centerY, Distortion distortion, Source source) {

    /** Where a focal length is from. */
    public enum Source {
        /** It was given in pixels. */
        GIVEN,
        /** It follows from a field of view that was given. */
        FIELD_OF_VIEW,
        /** Nothing was given: it is the diagonal of the image. */
        ASSUMED
    }

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
        distortion = Objects.requireNonNullElse(distortion, Distortion.NONE);
        source = Objects.requireNonNullElse(source, Source.GIVEN);
    }

    /** A camera that was given, without distortion. */
    public Camera(double focalX, double focalY, double centerX, double centerY) {
        this(focalX, focalY, centerX, centerY, Distortion.NONE, Source.GIVEN);
    }

    /**
     * The camera assumed where nothing is known: the principal point at the image's centre and a focal length of the
     * image's diagonal, a field of view of 53 degrees across it (Kissos et al., "Beyond Weak Perspective", 2020).
     */
    public static Camera unknown(double width, double height) {
        return ofFocal(Math.hypot(width, height), width, height).from(Source.ASSUMED);
    }

    /** A camera of known focal length whose principal point is the image's centre. */
    public static Camera ofFocal(double focal, double width, double height) {
        return new Camera(focal, focal, width / 2, height / 2);
    }

    /**
     * A camera of known field of view whose principal point is the image's centre.
     *
     * @param degrees across the image's diagonal, above 0 and below 180
     */
    public static Camera ofFieldOfView(double degrees, double width, double height) {
        if (!(degrees > 0 && degrees < 180)) {
            throw new IllegalArgumentException(
                    "The field of view (%s) must be above 0 and below 180 degrees.".formatted(degrees));
        }
        double focal = 0.5 * Math.hypot(width, height) / Math.tan(Math.toRadians(degrees) / 2);
        return ofFocal(focal, width, height).from(Source.FIELD_OF_VIEW);
    }

    private Camera from(Source other) {
        return new Camera(focalX, focalY, centerX, centerY, distortion, other);
    }

    /** The same camera with another lens. */
    public Camera with(Distortion other) {
        return new Camera(focalX, focalY, centerX, centerY, other, source);
    }

    /**
     * Where a pixel looks: the point that it shows in a camera of focal length 1 without distortion.
     *
     * @return {@code [2]}; empty where the distortion cannot be removed
     */
    public Optional<double[]> ray(double x, double y) {
        double rayX = (x - centerX) / focalX;
        double rayY = (y - centerY) / focalY;
        return distortion.distorts() ? distortion.remove(rayX, rayY) : Optional.of(new double[] {rayX, rayY});
    }

    /**
     * Where points in camera space are in the image. What is further out than the distortion is valid for comes to lie at its limit.
     *
     * @param points metres, {@code [P, 3]}; none is projected nearer than {@link FitEnergy#NEAREST}
     * @return pixels, {@code [P, 2]}
     */
    public float[] pixels(float[] points) {
        float[] pixels = new float[points.length / 3 * 2];
        double valid = distortion.distorts() ? distortion.validRadius() : Double.POSITIVE_INFINITY;
        for (int i = 0; i < points.length / 3; i++) {
            double z = Math.max(points[3 * i + 2], FitEnergy.NEAREST);
            double[] seen = distorted(points[3 * i] / z, points[3 * i + 1] / z, valid);
            pixels[2 * i] = (float) (focalX * seen[0] + centerX);
            pixels[2 * i + 1] = (float) (focalY * seen[1] + centerY);
        }
        return pixels;
    }

    /**
     * Points moved sideways so that a pinhole shows them where this camera does: for renderers that know no distortion.
     *
     * @param points in camera space, metres, {@code [P, 3]}
     * @return metres, {@code [P, 3]}; the points themselves where the lens does not distort
     */
    public float[] bent(float[] points) {
        if (!distortion.distorts()) {
            return points;
        }
        float[] bent = points.clone();
        double valid = distortion.validRadius();
        for (int i = 0; i < points.length; i += 3) {
            double z = points[i + 2];
            if (z > FitEnergy.NEAREST) {
                double[] seen = distorted(points[i] / z, points[i + 1] / z, valid);
                bent[i] = (float) (z * seen[0]);
                bent[i + 1] = (float) (z * seen[1]);
            }
        }
        return bent;
    }

    private double[] distorted(double x, double y, double valid) {
        double radius = Math.hypot(x, y);
        double within = radius > valid ? valid / radius : 1;
        return distortion.apply(within * x, within * y);
    }
}
