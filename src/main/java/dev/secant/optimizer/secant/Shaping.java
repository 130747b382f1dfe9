package dev.secant.optimizer.secant;

import dev.secant.optimizer.policy.FeatureScaling;
import dev.secant.optimizer.policy.ProblemFeatures;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.policy.StepAdvice;

/**
 * The scalars that shape an item's initial inverse Hessian (section 2.2 of docs/methods/secant.md).
 *
 * @param weight w of what the coordinates' network says, in [0, 1)
 * @param confidence c in the coordinates' curvatures, in [0, 1]
 * @param agreement a of the newest pair with the older ones' curvatures; an input of the network
 * @param mismatch of the last line, between 0 and 1; an input of the network
 */
record Shaping(double weight, double confidence, double agreement, double mismatch) {

    /** From this agreement on the curvatures are believed wholly, and not at all from a width below it. */
    private static final double CONFIDENT_FROM = 0.98;

    private static final double CONFIDENCE_WIDTH = 0.05;

    /** By the newest pair, the advice and the last line. */
    static Shaping of(
            SecantPolicy.Constants constants,
            CurvatureSummary curvature,
            StepAdvice advice,
            ProblemFeatures.Past past) {
        double agreement = curvature.agreement();
        double shifted = 1 + (agreement - CONFIDENT_FROM) / CONFIDENCE_WIDTH + advice.confidence();
        double confidence = agreement == 0 ? 0 : Math.max(0, Math.min(1, shifted));
        return new Shaping(
                constants.weight(past.mismatch()), confidence, agreement, FeatureScaling.mismatch(past.mismatch()));
    }
}
