package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.Vectors;
import dev.secant.optimizer.policy.FeatureScaling;
import dev.secant.optimizer.policy.SecantPolicy;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.UnaryOperator;

/**
 * The inverse Hessian that the secant pairs of {@link SecantQuasiNewton} correct, of one problem on plain arrays: a diagonal and a few
 * rank-one terms, {@code diag(m) + sum v v'}, both from an elementwise network, so that it is positive definite, of any dimension, and
 * indifferent to the order of the coordinates (after L-SR1, arXiv 2508.12270, section 4; there the start is the identity). Section 2.2 of
 * docs/methods/secant.md has the formulas.
 *
 * <p>The diagonal begins at the inverse of the coordinates' curvatures as far as these are believed: where they have foretold the change
 * of the gradient, as they do for separable functions. A term {@code v} combines the newest pair, the gradient and the direction, each
 * coordinate with its own weights. There is one term for each <em>proposal</em> (lines 13 and 25), so a step with turns adds several, and a
 * restart of the search does not forget them.
 *
 * <p>Not safe for use by several threads.
 */
final class LearnedInitialInverseHessian {

    /** How many rank-one terms are kept. */
    static final int TERMS = 4;

    /** The largest logarithm of the diagonal that the network may ask for. */
    static final double LARGEST_SHAPING = 3;

    /** The largest logarithm of the diagonal, against overflow. */
    static final double LARGEST_LOG = 30;

    /** Coordinates that the network looks at together: what it works on stays in the cache. */
    private static final int LARGEST_BLOCK = 256;

    /** Bound of the input of a curvature ratio, half its logarithm. */
    static final double LARGEST_RATIO = 2.5;

    private final SecantPolicy policy;
    private final DiagonalCurvature curvature;
    private final Deque<double[]> terms = new ArrayDeque<>();
    private double[] diagonal = {};
    private double[] newestStep = {};
    private double[] newestChange = {};

    LearnedInitialInverseHessian(SecantPolicy policy, int n) {
        this.policy = policy;
        this.curvature = new DiagonalCurvature(n);
    }

    /** The curvature along the coordinates. */
    DiagonalCurvature curvature() {
        return curvature;
    }

    /**
     * Learns from a pair.
     *
     * @param pair receives its numbers
     */
    void learn(double[] step, double[] change, PairNumbers pair) {
        curvature.learn(step, change, pair);
        newestStep = step;
        newestChange = change;
    }

    /** The step of the newest pair. */
    double[] newestStep() {
        return newestStep;
    }

    /** Its product with a vector, which stays as it is. */
    double[] times(double[] vector) {
        double[] product = vector.clone();
        if (diagonal.length > 0) {
            for (int j = 0; j < product.length; j++) {
                product[j] *= diagonal[j];
            }
        }
        for (double[] term : terms) {
            Vectors.add(product, Vectors.dot(term, vector), term);
        }
        return product;
    }

    /**
     * Shapes itself for the coming proposal.
     *
     * @param gradient at the extrapolated point
     * @param inverse minus the inverse Hessian so far, for the direction that only a trained policy looks at
     */
    void shape(double[] gradient, UnaryOperator<double[]> inverse, Shaping shaping) {
        if (policy.shapes()) {
            shape(gradient, inverse.apply(gradient), shaping);
        } else if (shaping.confidence() > 0) {
            diagonal = exponentials(Vectors.scaled(-shaping.confidence(), curvature.logRatios()));
        } else {
            diagonal = new double[0];
        }
    }

    private void shape(double[] gradient, double[] direction, Shaping shaping) {
        int n = gradient.length;
        Seen seen = new Seen(
                normalized(newestStep),
                normalized(newestChange),
                normalized(gradient),
                Vectors.scaled(-1, normalized(direction)),
                curvature.logRatios());
        int block = Math.min(n, LARGEST_BLOCK);
        double[][] in = new double[SecantPolicy.COORDINATE_FEATURES][block];
        Arrays.fill(in[7], shaping.agreement());
        Arrays.fill(in[8], shaping.mismatch());
        double[][] hidden = new double[SecantPolicy.HIDDEN][block];
        double[][] out = new double[SecantPolicy.COORDINATE_OUTPUTS][block];
        double[] logs = new double[n];
        double[] term = new double[n];
        double weight = shaping.weight();
        for (int from = 0; from < n; from += block) {
            int count = Math.min(block, n - from);
            features(seen, from, count, in);
            policy.coordinate().apply(count, in, hidden, out);
            for (int i = 0; i < count; i++) {
                int j = from + i;
                logs[j] = weight * FeatureScaling.within(out[0][i], LARGEST_SHAPING)
                        - shaping.confidence() * seen.ratios[j];
                term[j] = out[1][i] * seen.step[j]
                        + out[2][i] * seen.change[j]
                        + out[3][i] * seen.slope[j]
                        - out[4][i] * seen.descent[j];
            }
        }
        diagonal = exponentials(logs);
        for (int j = 0; j < n; j++) {
            term[j] *= weight * Math.sqrt(diagonal[j] / n);
        }
        if (terms.size() == TERMS) {
            terms.removeFirst();
        }
        terms.addLast(term);
    }

    /**
     * What the network sees of the coordinates, each of root mean square 1 but the last.
     *
     * @param step the newest
     * @param change of the gradient along it
     * @param slope the gradient
     * @param descent B times the gradient, uphill, by the matrix so far
     * @param ratios the logarithms of the curvatures
     */
    private record Seen(double[] step, double[] change, double[] slope, double[] descent, double[] ratios) {}

    private void features(Seen seen, int from, int count, double[][] in) {
        for (int i = 0; i < count; i++) {
            int j = from + i;
            in[0][i] = FeatureScaling.halfLog(seen.step[j]);
            in[1][i] = FeatureScaling.halfLog(seen.slope[j]);
            in[2][i] = FeatureScaling.halfLog(seen.change[j]);
            in[3][i] = FeatureScaling.within(seen.ratios[j] / 2, LARGEST_RATIO);
            in[4][i] = seen.step[j] * seen.slope[j] > 0 ? 1 : -1;
            in[5][i] = curvature.at(j) > 0 ? 1 : -1;
            in[6][i] = FeatureScaling.halfLog(seen.descent[j]);
        }
    }

    private static double[] normalized(double[] vector) {
        return Vectors.scaled(1 / FeatureScaling.rootMeanSquare(vector), vector);
    }

    /** Of the logarithms less their mean. */
    private static double[] exponentials(double[] logs) {
        double mean = 0;
        for (double log : logs) {
            mean += log / logs.length;
        }
        double[] values = new double[logs.length];
        for (int j = 0; j < values.length; j++) {
            values[j] = Math.exp(FeatureScaling.within(logs[j] - mean, LARGEST_LOG));
        }
        return values;
    }
}
