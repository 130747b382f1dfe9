package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.Vectors;

/**
 * What the pairs say of a function's curvature along each coordinate: the quotient {@code q_j / p_j}, averaged over the pairs with weights
 * that fall with age. Exact where the function is a separable quadratic; {@link #agreement} tells how near it is to that.
 */
final class DiagonalCurvature {

    private static final double DECAY = 0.8;
    private static final double LEAST_RATIO = 1e-8;

    private final double[] numerators;
    private final double[] denominators;
    private int pairs;
    private double agreement;
    private double negativeShare;

    DiagonalCurvature(int n) {
        numerators = new double[n];
        denominators = new double[n];
    }

    /** Learns from a pair, whatever its curvature. */
    void learn(double[] step, double[] change) {
        int n = step.length;
        double unit = Vectors.dot(step, step) / n;
        if (!(unit > 0)) {
            return;
        }
        if (pairs++ > 0) {
            agreement = agreementWith(step, change);
        }
        int negative = 0;
        for (int j = 0; j < n; j++) {
            numerators[j] = DECAY * numerators[j] + step[j] * change[j] / unit;
            denominators[j] = DECAY * denominators[j] + step[j] * step[j] / unit;
            if (step[j] * change[j] < 0) {
                negative++;
            }
        }
        negativeShare = Math.max(negativeShare, negative / (double) n);
    }

    private double agreementWith(double[] step, double[] change) {
        double squared = 0;
        double product = 0;
        for (int j = 0; j < step.length; j++) {
            double predicted = at(j) * step[j];
            squared += predicted * predicted;
            product += predicted * change[j];
        }
        double norms = Math.sqrt(squared) * Math.sqrt(Vectors.dot(change, change));
        return norms > 0 ? product / norms : 0;
    }

    /** The curvature along a coordinate; 0 where nothing is known of it. */
    double at(int coordinate) {
        double denominator = denominators[coordinate];
        return denominator > 0 ? numerators[coordinate] / denominator : 0;
    }

    boolean isEmpty() {
        return pairs == 0;
    }

    /** The cosine between the newest change of the gradient and what the older pairs foretold; 0 before the second pair. */
    double agreement() {
        return agreement;
    }

    /** The largest share of coordinates that had negative curvature in one pair. */
    double negativeShare() {
        return negativeShare;
    }

    /** The mean of the magnitudes. */
    double meanMagnitude() {
        double sum = 0;
        for (int j = 0; j < numerators.length; j++) {
            sum += Math.abs(at(j));
        }
        return sum / numerators.length;
    }

    /** The logarithms of the magnitudes relative to their geometric mean; 0 where nothing is known. */
    double[] logRatios() {
        int n = numerators.length;
        double mean = meanMagnitude();
        double[] logs = new double[n];
        if (!(mean > 0) || !Double.isFinite(mean)) {
            return logs;
        }
        double sum = 0;
        int known = 0;
        for (int j = 0; j < n; j++) {
            if (denominators[j] > 0) {
                logs[j] = Math.log(Math.max(Math.abs(at(j)) / mean, LEAST_RATIO));
                sum += logs[j];
                known++;
            }
        }
        for (int j = 0; j < n; j++) {
            if (denominators[j] > 0) {
                logs[j] -= sum / known;
            }
        }
        return logs;
    }
}
