package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.Vectors;
import dev.secant.optimizer.quasinewton.InitialInverseHessian;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.UnaryOperator;

/**
 * The inverse Hessian that the secant pairs of {@link SecantQuasiNewton} correct: a diagonal and a few rank-one terms,
 * {@code diag(m) + sum v v'}, both from an elementwise network, so that it is positive definite, of any dimension, and indifferent to
 * the order of the coordinates (after L-SR1, arXiv 2508.12270, section 4; there the start is the identity).
 *
 * <p>The diagonal begins at the inverse of the coordinates' curvatures as far as these are believed: where they have foretold the change
 * of the gradient, as they do for separable functions. A term {@code v} combines the newest pair, the gradient and the direction, each
 * coordinate with its own weights.
 */
public final class LearnedInitialInverseHessian implements InitialInverseHessian {

    public static final int FEATURES = 9;
    public static final int OUTPUTS = 5;

    private static final int TERMS = 4;

    /** Coordinates that the network looks at together: what it works on stays in the cache. */
    private static final int LARGEST_BLOCK = 256;

    private static final double CONFIDENCE_FROM = 0.98;
    private static final double CONFIDENCE_WIDTH = 0.05;
    private static final double LARGEST_SHAPING = 3;
    private static final double LARGEST_LOG = 30;

    private final SecantPolicy policy;
    private final DiagonalCurvature curvature;
    private final Deque<double[]> terms = new ArrayDeque<>();
    private double[] diagonal = {};
    private double[] newestStep = {};
    private double[] newestChange = {};

    public LearnedInitialInverseHessian(SecantPolicy policy, int n) {
        this.policy = policy;
        this.curvature = new DiagonalCurvature(n);
    }

    DiagonalCurvature curvature() {
        return curvature;
    }

    public void learn(double[] step, double[] change) {
        curvature.learn(step, change);
        newestStep = step;
        newestChange = change;
    }

    @Override
    public double[] times(double[] vector) {
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
     * Shapes itself for the coming step.
     *
     * @param gradient where the step begins
     * @param inverse minus the inverse Hessian so far, for the direction that only a trained policy looks at
     * @param past of the search
     */
    public StepAdvice prepare(double[] gradient, UnaryOperator<double[]> inverse, ProblemFeatures.Past past) {
        if (curvature.isEmpty()) {
            return StepAdvice.NONE;
        }
        StepAdvice advice = policy.advises() ? StepAdvice.of(policy, features(gradient, past)) : StepAdvice.NONE;
        double confidence = curvature.agreement() == 0
                ? 0
                : Math.max(
                        0,
                        Math.min(
                                1,
                                1
                                        + (curvature.agreement() - CONFIDENCE_FROM) / CONFIDENCE_WIDTH
                                        + advice.confidence()));
        if (policy.shapes()) {
            shape(gradient, inverse.apply(gradient), past, confidence);
        } else if (confidence > 0) {
            diagonal = exponentials(Vectors.scaled(-confidence, curvature.logRatios()));
        } else {
            diagonal = new double[0];
        }
        return advice;
    }

    private ProblemFeatures features(double[] gradient, ProblemFeatures.Past past) {
        return new ProblemFeatures(
                curvature.agreement(), cosine(newestStep, gradient), cosine(newestStep, newestChange), past);
    }

    private void shape(double[] gradient, double[] direction, ProblemFeatures.Past past, double confidence) {
        int n = gradient.length;
        Seen seen = new Seen(
                normalized(newestStep),
                normalized(newestChange),
                normalized(gradient),
                Vectors.scaled(-1, normalized(direction)),
                curvature.logRatios());
        int block = Math.min(n, LARGEST_BLOCK);
        double[][] in = new double[FEATURES][block];
        Arrays.fill(in[7], curvature.agreement());
        Arrays.fill(in[8], DenseNetwork.softsign(10 * past.mismatch()));
        double[][] hidden = new double[SecantPolicy.HIDDEN][block];
        double[][] out = new double[OUTPUTS][block];
        double[] logs = new double[n];
        double[] term = new double[n];
        double weight = policy.constants().weight(past.mismatch());
        for (int from = 0; from < n; from += block) {
            int count = Math.min(block, n - from);
            features(seen, from, count, in);
            policy.coordinate().apply(count, in, hidden, out);
            for (int i = 0; i < count; i++) {
                int j = from + i;
                logs[j] = weight * FeatureScaling.within(out[0][i], LARGEST_SHAPING) - confidence * seen.ratios[j];
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
     * @param descent downhill, by the matrix so far
     * @param ratios the logarithms of the curvatures
     */
    private record Seen(double[] step, double[] change, double[] slope, double[] descent, double[] ratios) {}

    private void features(Seen seen, int from, int count, double[][] in) {
        for (int i = 0; i < count; i++) {
            int j = from + i;
            in[0][i] = FeatureScaling.halfLog(seen.step[j]);
            in[1][i] = FeatureScaling.halfLog(seen.slope[j]);
            in[2][i] = FeatureScaling.halfLog(seen.change[j]);
            in[3][i] = FeatureScaling.within(seen.ratios[j] / 2, 2.5);
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

    private static double cosine(double[] a, double[] b) {
        return Vectors.dot(a, b) / a.length / FeatureScaling.rootMeanSquare(a) / FeatureScaling.rootMeanSquare(b);
    }
}
