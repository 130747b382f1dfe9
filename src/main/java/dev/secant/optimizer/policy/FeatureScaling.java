package dev.secant.optimizer.policy;

import dev.secant.optimizer.batch.Vectors;

/** Numbers without a unit, as networks like them. */
public final class FeatureScaling {

    /** Added to ratios inside logarithms. */
    public static final double LEAST = 1e-9;

    /** The bound of half a logarithm. */
    public static final double LARGEST_HALF_LOG = 2;

    private static final double MISMATCH_SCALE = 10;

    private FeatureScaling() {}

    /** The root of the mean square; never zero, so that it can divide. */
    public static double rootMeanSquare(double[] a) {
        return rootMeanSquare(Vectors.dot(a, a), a.length);
    }

    /**
     * The same by the sum of the squares.
     *
     * @param n of how many numbers
     */
    public static double rootMeanSquare(double square, int n) {
        return Math.sqrt(square / n) + Double.MIN_NORMAL;
    }

    /** The cosine between two vectors of n numbers, by their product and their squares; 0 where one is zero. */
    public static double cosine(double product, double square, double otherSquare, int n) {
        return product / n / rootMeanSquare(square, n) / rootMeanSquare(otherSquare, n);
    }

    /** How far a line was from a quadratic, between 0 and 1. */
    public static double mismatch(double mismatch) {
        return DenseNetwork.softsign(MISMATCH_SCALE * mismatch);
    }

    /** Cut off at a bound on both sides; 0 for what is no number. */
    public static double within(double value, double bound) {
        return Double.isNaN(value) ? 0 : Math.max(-bound, Math.min(bound, value));
    }

    /** Half the logarithm of a magnitude, within 2. */
    public static double halfLog(double ratio) {
        return within(log(ratio) / 2, LARGEST_HALF_LOG);
    }

    /** The logarithm of a magnitude. */
    public static double log(double ratio) {
        return Math.log(Math.abs(ratio) + LEAST);
    }
}
