package dev.secant.optimizer;

import java.util.ArrayDeque;
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
final class LearnedBase implements InverseBase {

    static final int FEATURES = 9;
    static final int OUTPUTS = 5;

    private static final int TERMS = 4;
    private static final double BELIEVED_FROM = 0.98;
    private static final double BELIEF_WIDTH = 0.05;
    private static final double LARGEST_SHAPING = 3;
    private static final double LARGEST_LOG = 30;

    private final SecantPolicy policy;
    private final DiagonalCurvature curvature;
    private final Deque<double[]> terms = new ArrayDeque<>();
    private double[] diagonal = {};
    private double[] newestStep = {};
    private double[] newestChange = {};

    LearnedBase(SecantPolicy policy, int n) {
        this.policy = policy;
        this.curvature = new DiagonalCurvature(n);
    }

    DiagonalCurvature curvature() {
        return curvature;
    }

    void learn(double[] step, double[] change) {
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
    Advice prepare(double[] gradient, UnaryOperator<double[]> inverse, ProblemFeatures.Past past) {
        if (curvature.isEmpty()) {
            return Advice.NONE;
        }
        Advice advice = policy.advises() ? Advice.of(policy, features(gradient, past)) : Advice.NONE;
        double belief = curvature.agreement() == 0
                ? 0
                : Math.max(
                        0, Math.min(1, 1 + (curvature.agreement() - BELIEVED_FROM) / BELIEF_WIDTH + advice.belief()));
        if (policy.shapes()) {
            shape(gradient, inverse.apply(gradient), past, belief);
        } else if (belief > 0) {
            diagonal = exponentials(Vectors.scaled(-belief, curvature.logRatios()));
        } else {
            diagonal = new double[0];
        }
        return advice;
    }

    private ProblemFeatures features(double[] gradient, ProblemFeatures.Past past) {
        return new ProblemFeatures(
                curvature.agreement(), cosine(newestStep, gradient), cosine(newestStep, newestChange), past);
    }

    private void shape(double[] gradient, double[] direction, ProblemFeatures.Past past, double belief) {
        int n = gradient.length;
        double[] ratios = curvature.logRatios();
        double stepUnit = 1 / Ratios.rootMeanSquare(newestStep);
        double changeUnit = 1 / Ratios.rootMeanSquare(newestChange);
        double gradientUnit = 1 / Ratios.rootMeanSquare(gradient);
        double directionUnit = 1 / Ratios.rootMeanSquare(direction);
        double[] in = new double[FEATURES];
        in[7] = curvature.agreement();
        in[8] = DenseNetwork.softsign(10 * past.mismatch());
        double[] hidden = new double[SecantPolicy.HIDDEN];
        double[] out = new double[OUTPUTS];
        double[] logs = new double[n];
        double[] term = new double[n];
        double say = policy.constants().say(past.mismatch());
        for (int j = 0; j < n; j++) {
            double step = newestStep[j] * stepUnit;
            double change = newestChange[j] * changeUnit;
            double slope = gradient[j] * gradientUnit;
            double way = -direction[j] * directionUnit;
            in[0] = Ratios.halfLog(step);
            in[1] = Ratios.halfLog(slope);
            in[2] = Ratios.halfLog(change);
            in[3] = Ratios.within(ratios[j] / 2, 2.5);
            in[4] = step * slope > 0 ? 1 : -1;
            in[5] = curvature.at(j) > 0 ? 1 : -1;
            in[6] = Ratios.halfLog(way);
            policy.coordinate().apply(in, hidden, out);
            logs[j] = say * Ratios.within(out[0], LARGEST_SHAPING) - belief * ratios[j];
            term[j] = out[1] * step + out[2] * change + out[3] * slope - out[4] * way;
        }
        diagonal = exponentials(logs);
        for (int j = 0; j < n; j++) {
            term[j] *= say * Math.sqrt(diagonal[j] / n);
        }
        if (terms.size() == TERMS) {
            terms.removeFirst();
        }
        terms.addLast(term);
    }

    /** Of the logarithms less their mean. */
    private static double[] exponentials(double[] logs) {
        double mean = 0;
        for (double log : logs) {
            mean += log / logs.length;
        }
        double[] values = new double[logs.length];
        for (int j = 0; j < values.length; j++) {
            values[j] = Math.exp(Ratios.within(logs[j] - mean, LARGEST_LOG));
        }
        return values;
    }

    private static double cosine(double[] a, double[] b) {
        return Vectors.dot(a, b) / a.length / Ratios.rootMeanSquare(a) / Ratios.rootMeanSquare(b);
    }
}
