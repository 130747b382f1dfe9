package dev.secant.optimizer.batch;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.vectors.Scalars;
import dev.secant.optimizer.vectors.Vectors;

/** The scalars of some points, by row. */
final class PointNumbers {

    private static final double[] NONE = {};

    /** {@code f}. */
    final double[] values;
    /** {@code ||g||}. */
    final double[] gradientNorms;
    /** {@code g . step}. */
    final double[] slopes;
    /** {@code ||step||}. */
    final double[] stepLengths;
    /** {@code ||x||}; empty on arrays, where they are computed when asked for. */
    final double[] pointNorms;

    private PointNumbers(
            double[] values, double[] gradientNorms, double[] slopes, double[] stepLengths, double[] pointNorms) {
        this.values = values;
        this.gradientNorms = gradientNorms;
        this.slopes = slopes;
        this.stepLengths = stepLengths;
        this.pointNorms = pointNorms;
    }

    /** Numbers to be set. */
    PointNumbers(int size, boolean hasPointNorms) {
        this(
                new double[size],
                new double[size],
                new double[size],
                new double[size],
                hasPointNorms ? new double[size] : NONE);
    }

    /**
     * Of arrays.
     *
     * @param values taken over, not copied
     */
    static PointNumbers ofArrays(double[] values, double[][] gradient, double[][] step) {
        int size = values.length;
        PointNumbers numbers = new PointNumbers(values, new double[size], new double[size], new double[size], NONE);
        for (int k = 0; k < size; k++) {
            numbers.gradientNorms[k] = Math.sqrt(Vectors.dot(gradient[k], gradient[k]));
            numbers.slopes[k] = Vectors.dot(gradient[k], step[k]);
            numbers.stepLengths[k] = Math.sqrt(Vectors.dot(step[k], step[k]));
        }
        return numbers;
    }

    /**
     * Of tensors; looks at the scalars.
     *
     * @param scalars for each row the products of {@code (g, s, x)} with each other, and f
     */
    static PointNumbers read(Scalars scalars, int size) {
        PointNumbers numbers = new PointNumbers(size, true);
        for (int k = 0; k < size; k++) {
            numbers.gradientNorms[k] = Math.sqrt(scalars.get(k, 0));
            numbers.slopes[k] = scalars.get(k, 1);
            numbers.stepLengths[k] = Math.sqrt(scalars.get(k, 4));
            numbers.pointNorms[k] = Math.sqrt(scalars.get(k, 8));
            numbers.values[k] = scalars.get(k, 9);
        }
        return numbers;
    }

    boolean hasPointNorms() {
        return pointNorms.length > 0;
    }

    /** Sets a row to another's row. */
    void set(int row, PointNumbers other, int place) {
        values[row] = other.values[place];
        gradientNorms[row] = other.gradientNorms[place];
        slopes[row] = other.slopes[place];
        stepLengths[row] = other.stepLengths[place];
        if (hasPointNorms()) {
            pointNorms[row] = other.pointNorms[place];
        }
    }

    /** Some of the rows. */
    PointNumbers of(RowSelection rows) {
        return new PointNumbers(
                rows.of(values),
                rows.of(gradientNorms),
                rows.of(slopes),
                rows.of(stepLengths),
                hasPointNorms() ? rows.of(pointNorms) : NONE);
    }
}
