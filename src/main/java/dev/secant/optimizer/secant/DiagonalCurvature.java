package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.Vectors;

/**
 * What the pairs of one problem say of its curvature along each coordinate, on plain arrays (section 2.1 of docs/methods/secant.md): {@code
 * sum p_j q_j / sum p_j^2}, both sums over the pairs with weights that fall with age. That is the least-squares estimate of {@code q_j /
 * p_j}, exact where the function is a separable quadratic; {@link CurvatureSummary#agreement} tells how near it is to that.
 */
final class DiagonalCurvature {

    /** The weight of a pair beside that of the next one: about five pairs count. */
    static final double DECAY = 0.8;

    /** The smallest ratio to the mean magnitude that is told apart from none. */
    static final double LEAST_RATIO = 1e-8;

    private final double[] numerators;
    private final double[] denominators;

    DiagonalCurvature(int n) {
        numerators = new double[n];
        denominators = new double[n];
    }

    /**
     * Learns from a pair, whatever its curvature.
     *
     * @param pair receives the pair's numbers, those of the curvatures from before it
     */
    void learn(double[] step, double[] change, PairNumbers pair) {
        int n = step.length;
        pair.stepSquare = Vectors.dot(step, step);
        pair.product = Vectors.dot(step, change);
        pair.changeSquare = Vectors.dot(change, change);
        if (!CurvatureSummary.isTelling(pair, n)) {
            return;
        }
        double unit = pair.stepSquare / n;
        double predictedSquare = 0;
        double predictedProduct = 0;
        int negative = 0;
        for (int j = 0; j < n; j++) {
            double predicted = at(j) * step[j];
            predictedSquare += predicted * predicted;
            predictedProduct += predicted * change[j];
            double product = step[j] * change[j];
            numerators[j] = DECAY * numerators[j] + product / unit;
            denominators[j] = DECAY * denominators[j] + step[j] * step[j] / unit;
            negative += product < 0 ? 1 : 0;
        }
        pair.predictedSquare = predictedSquare;
        pair.predictedProduct = predictedProduct;
        pair.negativeShare = negative / (double) n;
    }

    /** The curvature along a coordinate; 0 where nothing is known of it. */
    double at(int coordinate) {
        double denominator = denominators[coordinate];
        return denominator > 0 ? numerators[coordinate] / denominator : 0;
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
