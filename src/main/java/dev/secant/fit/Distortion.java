package dev.secant.fit;

import java.util.Optional;

/**
 * Lens distortion: OpenCV's model of three radial and two tangential coefficients (Brown, "Close-range camera calibration", 1971).
 *
 * <p>For a point (x, y) of a camera of focal length 1 with {@code r^2 = x^2 + y^2} the distorted point is
 *
 * <pre>{@code
 * x' = x (1 + k1 r^2 + k2 r^4 + k3 r^6) + 2 p1 x y + p2 (r^2 + 2 x^2)
 * y' = y (1 + k1 r^2 + k2 r^4 + k3 r^6) + p1 (r^2 + 2 y^2) + 2 p2 x y
 * }</pre>
 *
 * <p>The model is a fit to what the image shows. Beyond the radius at which the radial part stops growing it means nothing: see {@link
 * #validRadius}.
 *
 * @param k1 of r^2
 * @param k2 of r^4
 * @param p1 tangential
 * @param p2 tangential
 * @param k3 of r^6
 */
public record Distortion(double k1, double k2, double p1, double p2, double k3) {

    /** A lens that does not distort. */
    public static final Distortion NONE = new Distortion(0, 0, 0, 0, 0);

    /** Radii are looked at up to here: a field of view of 169 degrees. */
    private static final double LARGEST_RADIUS = 10;

    private static final int RADII = 1000;
    private static final int MAX_ITERATIONS = 50;

    /** Of a point of a camera of focal length 1: a ten-thousandth of a pixel at a focal length of 10,000. */
    private static final double TOLERANCE = 1e-8;

    public Distortion {
        double sum = k1 + k2 + p1 + p2 + k3;
        if (!Double.isFinite(sum)) {
            throw new IllegalArgumentException(
                    "The distortion (%s, %s, %s, %s, %s) of the camera must be finite.".formatted(k1, k2, p1, p2, k3));
        }
    }

    /**
     * From coefficients in OpenCV's order: k1, k2, p1, p2 and, if there is a fifth, k3.
     *
     * @throws IllegalArgumentException if there are others than 4 or 5
     */
    public static Distortion of(double... coefficients) {
        if (coefficients.length != 4 && coefficients.length != 5) {
            throw new IllegalArgumentException(
                    "The distortion has %d coefficients, but 4 (k1, k2, p1, p2) or 5 (k1, k2, p1, p2, k3) are known."
                            .formatted(coefficients.length));
        }
        return new Distortion(
                coefficients[0],
                coefficients[1],
                coefficients[2],
                coefficients[3],
                coefficients.length == 5 ? coefficients[4] : 0);
    }

    /** The coefficients in OpenCV's order: k1, k2, p1, p2, k3. */
    public double[] coefficients() {
        return new double[] {k1, k2, p1, p2, k3};
    }

    /** Whether the lens distorts anything. */
    public boolean distorts() {
        return !equals(NONE);
    }

    /** The distorted point of a point of a camera of focal length 1, {@code [2]}. */
    public double[] apply(double x, double y) {
        double r2 = x * x + y * y;
        double radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
        return new double[] {
            x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x), y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y
        };
    }

    /**
     * The point that is distorted to a point, by Newton's method.
     *
     * @return {@code [2]}; empty where there is none within {@link #validRadius}
     */
    public Optional<double[]> remove(double distortedX, double distortedY) {
        double x = distortedX;
        double y = distortedY;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            double[] at = apply(x, y);
            double ex = at[0] - distortedX;
            double ey = at[1] - distortedY;
            double r2 = x * x + y * y;
            double radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
            double slope = 2 * (k1 + r2 * (2 * k2 + r2 * 3 * k3)); // d radial / d x = slope x
            double xx = radial + slope * x * x + 2 * p1 * y + 6 * p2 * x;
            double xy = slope * x * y + 2 * p1 * x + 2 * p2 * y;
            double yy = radial + slope * y * y + 6 * p1 * y + 2 * p2 * x;
            double determinant = xx * yy - xy * xy;
            if (Math.hypot(ex, ey) <= TOLERANCE) {
                return determinant > 0 && Math.hypot(x, y) <= validRadius()
                        ? Optional.of(new double[] {x, y})
                        : Optional.empty();
            }
            x -= (yy * ex - xy * ey) / determinant;
            y -= (xx * ey - xy * ex) / determinant;
        }
        return Optional.empty();
    }

    /**
     * The radius, in units of the focal length, up to which the radial part grows with the radius. Beyond it two directions would have
     * one image. Infinite where it always grows.
     */
    public double validRadius() {
        double last = 0;
        for (int i = 1; i <= RADII; i++) {
            double radius = LARGEST_RADIUS * i / RADII;
            if (growth(radius) <= 0) {
                return bisect(last, radius);
            }
            last = radius;
        }
        return Double.POSITIVE_INFINITY;
    }

    /** The derivative of the distorted radius. */
    private double growth(double radius) {
        double r2 = radius * radius;
        return 1 + r2 * (3 * k1 + r2 * (5 * k2 + r2 * 7 * k3));
    }

    private double bisect(double growing, double falling) {
        double low = growing;
        double high = falling;
        for (int i = 0; i < 40; i++) {
            double middle = 0.5 * (low + high);
            if (growth(middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
