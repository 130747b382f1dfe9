package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.Vectors;

/** Numbers without a unit, as networks like them. */
final class FeatureScaling {

    private static final double LEAST = 1e-9;

    private FeatureScaling() {}

    /** The root of the mean square; never zero, so that it can divide. */
    static double rootMeanSquare(double[] a) {
        return Math.sqrt(Vectors.dot(a, a) / a.length) + Double.MIN_NORMAL;
    }

    /** Cut off at a bound on both sides; 0 for what is no number. */
    static double within(double value, double bound) {
        return Double.isNaN(value) ? 0 : Math.max(-bound, Math.min(bound, value));
    }

    /** Half the logarithm of a magnitude, within 2. */
    static double halfLog(double ratio) {
        return within(log(ratio) / 2, 2);
    }

    /** The logarithm of a magnitude. */
    static double log(double ratio) {
        return Math.log(Math.abs(ratio) + LEAST);
    }
}
