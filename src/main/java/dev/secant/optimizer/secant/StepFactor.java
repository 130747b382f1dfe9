package dev.secant.optimizer.secant;

import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.policy.StepAdvice;

/** The step rule: how long steps are, in directions, and how far a line is extrapolated (section 3.4 of docs/methods/secant.md). */
final class StepFactor {

    private static final double SMALLEST = 0.1;

    /** The mean logarithm of the exact factors before the first line. */
    private static final double FIRST_LOG_FACTOR = 0.3;

    /** Where the curvature along a line is not positive, so many times its factor is taken for the exact one. */
    private static final double GROWTH = 2;

    /** How the trust in a line's minimum falls with the square of the mismatch. */
    private static final double MISMATCH_WEIGHT = 100;

    /** An extrapolation goes back by at most this share of the line. */
    private static final double FARTHEST_BACK = 0.9;

    private final SecantPolicy.Constants constants;
    private double logFactor = FIRST_LOG_FACTOR;
    private double trust = 1;

    StepFactor(SecantPolicy.Constants constants) {
        this.constants = constants;
    }

    /** The factor of the negative gradient, where no pair is stored (line 38). */
    double downhill(double startNorm, double gradientNorm) {
        double length = startNorm > 0 ? constants.firstLength() * startNorm : Math.min(1, gradientNorm);
        return length / gradientNorm;
    }

    /** The factor of a quasi-Newton direction (line 13). */
    double next(StepAdvice advice) {
        double factor = Math.exp(trust * (logFactor - constants.logFactorOffset()) + advice.logFactor());
        return Math.min(constants.longestFactor(), Math.max(SMALLEST, factor));
    }

    /** rho: how far the minimum that a line foretells is trusted (line 31). */
    double trust(double mismatch) {
        return mismatch > constants.largestMismatch() ? 0 : 1 / (1 + MISMATCH_WEIGHT * mismatch * mismatch);
    }

    /** How far past the trial the line's minimum is taken to be, in steps (line 34). */
    double shift(double trusted, double mismatch, double exactShare, StepAdvice advice) {
        return trusted
                * Math.exp(constants.weight(mismatch) * advice.logShift())
                * Math.min(constants.farthestShift(), Math.max(-FARTHEST_BACK, exactShare - 1));
    }

    /** Notes a factor that would have been exact (line 41). */
    void note(double exact, double weight) {
        double seen = weight * Math.log(Math.min(constants.longestFactor(), Math.max(SMALLEST, exact)));
        logFactor = constants.memoryOfFactors() * logFactor + (1 - constants.memoryOfFactors()) * seen;
    }

    /** Notes that a line's curvature was not positive (line 36). */
    void noteNoMinimum(double factor) {
        note(GROWTH * factor, 1);
    }

    /** The trust in the mean factor until the next line (line 37). */
    void endLine(double trusted) {
        trust = Math.sqrt(trusted);
    }
}
