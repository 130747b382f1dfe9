package dev.secant.optimizer.secant;

/**
 * What a policy says of the coming step.
 *
 * @param logFactor added to the logarithm of the step's factor
 * @param logShift added to the logarithm of how far the line's foretold minimum is trusted
 * @param belief added to the belief in the curvature along the coordinates
 */
public record Advice(double logFactor, double logShift, double belief) {

    public static final int COUNT = 3;
    static final Advice NONE = new Advice(0, 0, 0);

    private static final double LARGEST = 1.5;

    static Advice of(SecantPolicy policy, ProblemFeatures features) {
        double[] out = new double[COUNT];
        policy.problem().apply(features.toArray(), new double[SecantPolicy.HIDDEN], out);
        return new Advice(Ratios.within(out[0], LARGEST), Ratios.within(out[1], LARGEST), out[2]);
    }
}
