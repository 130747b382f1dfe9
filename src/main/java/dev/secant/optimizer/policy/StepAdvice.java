package dev.secant.optimizer.policy;

/**
 * What a policy says of the coming step.
 *
 * <p>The first two are within 1.5 of 0. The third is not bounded, but the confidence that it is added to is.
 *
 * @param logFactor added to the logarithm of the step's factor
 * @param logShift added to the logarithm of how far the line's foretold minimum is trusted
 * @param confidence added to the confidence in the curvature along the coordinates
 */
public record StepAdvice(double logFactor, double logShift, double confidence) {

    /** How many numbers it has. */
    public static final int COUNT = 3;
    /** Of who has nothing to say. */
    public static final StepAdvice NONE = new StepAdvice(0, 0, 0);

    private static final double LARGEST = 1.5;

    /** What the policy's network says to the features. */
    public static StepAdvice of(SecantPolicy policy, ProblemFeatures features) {
        double[] out = new double[COUNT];
        policy.problem().apply(features.toArray(), new double[SecantPolicy.HIDDEN], out);
        return new StepAdvice(FeatureScaling.within(out[0], LARGEST), FeatureScaling.within(out[1], LARGEST), out[2]);
    }
}
