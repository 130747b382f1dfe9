package dev.secant.optimizer.policy;

import dev.secant.tensor.FloatTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * What the preset {@code secant} has learned: the constants of its search, and two small networks. One looks at a problem as a whole and says
 * how far to go along a direction and how much of the curvature along the coordinates to believe; the other looks at each coordinate and
 * shapes the inverse Hessian that the secant pairs correct. All inputs are ratios, so that neither the unit of the values nor that of the
 * variables matters. Weights of zero are the untrained method but for one thing: it never hops, and they allow hops where a fifth of the
 * coordinates had negative curvature. Sections 6 and 7 of docs/methods/secant.md have all formulas.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class SecantPolicy {

    /** Without training. */
    public static final SecantPolicy UNTRAINED = new SecantPolicy(untrained());

    /** Hidden units of either network. */
    public static final int HIDDEN = 8;

    /** What the coordinates' network sees of each. */
    public static final int COORDINATE_FEATURES = 9;

    /** What it says of each: a logarithm of the diagonal and four coefficients of a rank-one term. */
    public static final int COORDINATE_OUTPUTS = 5;

    private static final int CONSTANTS = 12;
    private static final int NEGATIVE_SHARE = 8;
    private static final float NEVER = 10;
    private static final double INITIAL_DEVIATION = 0.6;

    private final Map<String, FloatTensor> weights;
    private final Constants constants;
    private final DenseNetwork problem;
    private final DenseNetwork coordinate;
    private final boolean advises;
    private final boolean shapes;

    /**
     * The learned constants.
     *
     * @param firstLength of the first step, in lengths of the start
     * @param logFactorOffset taken off the logarithm of the step's factor; where it is negative, as in all shipped checkpoints, it lengthens steps
     * @param longestFactor a step is at most this many directions long
     * @param farthestShift the line's minimum is sought at most so many steps further
     * @param memoryOfFactors how slowly the mean of the factors changes
     * @param quadraticEnough below this mismatch a line is taken as quadratic
     * @param largestMismatch above this a line's minimum is not foretold
     * @param flatness a hop is tried where the gradient is this times its largest
     * @param negativeShare a hop is tried only after so many coordinates had negative curvature in one pair
     * @param probe how far a hop looks, in lengths {@code largest gradient / curvature}
     * @param gain of the hop's jump, in Newton lengths
     * @param curvedEnough the mismatch at which the coordinates' network has half of its weight
     */
    public record Constants(
            double firstLength,
            double logFactorOffset,
            double longestFactor,
            double farthestShift,
            double memoryOfFactors,
            double quadraticEnough,
            double largestMismatch,
            double flatness,
            double negativeShare,
            double probe,
            double gain,
            double curvedEnough) {

        static Constants of(double[] w) {
            return new Constants(
                    0.3 * Math.exp(w[0]),
                    0.1 + w[1],
                    2 * Math.exp(w[2]),
                    5 * Math.exp(w[3]),
                    1 / (1 + Math.exp(-0.405 - w[4])),
                    1e-3 * Math.exp(3 * w[5]),
                    1e-2 * Math.exp(3 * w[6]),
                    0.05 * Math.exp(3 * w[7]),
                    0.2 + w[NEGATIVE_SHARE],
                    3 * Math.exp(w[9]),
                    20 * Math.exp(2 * w[10]),
                    1e-3 * Math.exp(3 * w[11]));
        }

        /** How much of what was learned beside the secant pairs applies: 0 where the last line was a quadratic's. */
        public double weight(double mismatch) {
            return mismatch / (mismatch + curvedEnough);
        }
    }

    /**
     * A policy.
     *
     * @param weights as {@link #initialise} names and shapes them
     * @throws IllegalArgumentException if a tensor is missing, too many or of another shape
     */
    public SecantPolicy(Map<String, FloatTensor> weights) {
        Map<String, long[]> expected = expected();
        if (!weights.keySet().equals(expected.keySet())) {
            throw new IllegalArgumentException("The weights of a secant policy are %s, but %s were given."
                    .formatted(expected.keySet(), weights.keySet()));
        }
        weights.forEach((name, tensor) -> {
            if (!Arrays.equals(expected.get(name), tensor.shape())) {
                throw new IllegalArgumentException("The weight (%s) of a secant policy must have the shape %s, not %s."
                        .formatted(name, Arrays.toString(expected.get(name)), tensor));
            }
        });
        this.weights = Map.copyOf(weights);
        this.constants = Constants.of(DenseNetwork.doubles(weights, "constants"));
        this.problem = DenseNetwork.of(weights, "problem");
        this.coordinate = DenseNetwork.of(weights, "coordinate");
        this.advises = !problem.isZero();
        this.shapes = !coordinate.isZero();
    }

    /**
     * Weights to start a training from: the untrained method, but that it may hop, and with random hidden layers.
     *
     * @param seed of the hidden layers
     */
    public static Map<String, FloatTensor> initialise(long seed) {
        Map<String, FloatTensor> weights = zeros();
        Random random = new Random(seed);
        weights.forEach((name, tensor) -> {
            if (name.endsWith("hidden.weight")) {
                for (int i = 0; i < tensor.values().length; i++) {
                    tensor.values()[i] = (float) (INITIAL_DEVIATION * random.nextGaussian());
                }
            }
        });
        return weights;
    }

    private static Map<String, FloatTensor> untrained() {
        Map<String, FloatTensor> weights = zeros();
        float[] constants = new float[CONSTANTS];
        constants[NEGATIVE_SHARE] = NEVER;
        weights.put("constants", new FloatTensor(new long[] {CONSTANTS}, constants));
        return weights;
    }

    private static Map<String, FloatTensor> zeros() {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        expected()
                .forEach((name, shape) -> weights.put(
                        name,
                        new FloatTensor(
                                shape, new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)])));
        return weights;
    }

    private static Map<String, long[]> expected() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("constants", new long[] {CONSTANTS});
        addNetwork(shapes, "problem", ProblemFeatures.COUNT, StepAdvice.COUNT);
        addNetwork(shapes, "coordinate", COORDINATE_FEATURES, COORDINATE_OUTPUTS);
        return shapes;
    }

    private static void addNetwork(Map<String, long[]> shapes, String prefix, int in, int out) {
        shapes.put(prefix + ".hidden.weight", new long[] {HIDDEN, in});
        shapes.put(prefix + ".hidden.bias", new long[] {HIDDEN});
        shapes.put(prefix + ".out.weight", new long[] {out, HIDDEN});
        shapes.put(prefix + ".out.bias", new long[] {out});
    }

    /** The weights by name. */
    public Map<String, FloatTensor> weights() {
        return weights;
    }

    /** The learned constants. */
    public Constants constants() {
        return constants;
    }

    /** Whether {@link #problem} says anything at all. */
    public boolean advises() {
        return advises;
    }

    /** Whether {@link #coordinate} says anything at all. */
    public boolean shapes() {
        return shapes;
    }

    /** From {@link ProblemFeatures} to {@link StepAdvice}. */
    public DenseNetwork problem() {
        return problem;
    }

    /** From a coordinate's features to its part of the initial inverse Hessian. */
    public DenseNetwork coordinate() {
        return coordinate;
    }
}
