package dev.secant.optimizer.batch;

import dev.secant.optimizer.vectors.Vectors;
import org.jspecify.annotations.Nullable;

/** A point of one problem on the JVM, with value and gradient. */
public final class ArrayPoint {

    /** Values closer than this many units of rounding of {@code |f|} are taken as equal. */
    private static final double ROUNDING_UNITS = 10;

    private final double[] x;
    private final double[] step;
    private final double value;
    private final double[] gradient;
    private final double gradientNorm;
    private final double stepLength;
    private final double slope;

    /**
     * An evaluated point.
     *
     * @param from the item's current point, or null for the start
     */
    ArrayPoint(double[] x, @Nullable ArrayPoint from, double value, double[] gradient) {
        this.x = x;
        this.step = from == null ? new double[x.length] : Vectors.difference(x, from.x);
        this.value = value;
        this.gradient = gradient;
        this.gradientNorm = Math.sqrt(Vectors.dot(gradient, gradient));
        this.stepLength = Math.sqrt(Vectors.dot(step, step));
        this.slope = Vectors.dot(gradient, step);
    }

    public double[] x() {
        return x;
    }

    /** The point less the current point, as the arithmetic rounded it. */
    public double[] step() {
        return step;
    }

    public double value() {
        return value;
    }

    public double[] gradient() {
        return gradient;
    }

    public double gradientNorm() {
        return gradientNorm;
    }

    public double stepLength() {
        return stepLength;
    }

    /** {@code g . step}. */
    public double slope() {
        return slope;
    }

    public boolean isFinite() {
        return Double.isFinite(value) && Double.isFinite(gradientNorm);
    }

    /** Values that differ from this point's by less are taken as equal to it; epsilon is the rounding unit of the data type. */
    public double tolerance(double epsilon) {
        return ROUNDING_UNITS * epsilon * Math.abs(value);
    }

    /**
     * How far to go from here where nothing is known of the curvature: as far as the last step; at the start a tenth of the
     * way to the origin. So neither the unit of the values nor that of the variables matters.
     */
    public double firstLength() {
        double norm = Math.sqrt(Vectors.dot(x, x));
        return stepLength > 0 ? stepLength : norm > 0 ? 0.1 * norm : 1;
    }
}
