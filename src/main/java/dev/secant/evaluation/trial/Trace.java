package dev.secant.evaluation.trial;

import java.util.function.IntPredicate;

/**
 * One run on one problem: the points that a method took, with what it had spent up to each. All arrays have one entry for
 * each point, the start first.
 *
 * @param gaps {@code f(x_k) - f*}, not below zero
 * @param evaluations of value and gradient
 * @param seconds of wall clock
 */
public record Trace(double[] gaps, int[] evaluations, double[] seconds) {

    /** The gap of the start. */
    public double startGap() {
        return gaps[0];
    }

    /** The lowest gap within so many iterations; that of the start if none is lower. */
    public double gapWithinIterations(int iterations) {
        return lowest(k -> k <= iterations);
    }

    /** The lowest gap within so many evaluations. */
    public double gapWithinEvaluations(int count) {
        return lowest(k -> evaluations[k] <= count);
    }

    /** The lowest gap within so much wall clock. */
    public double gapWithinSeconds(double limit) {
        return lowest(k -> seconds[k] <= limit);
    }

    /** Evaluations until the gap fell to a share of the start's; infinite if it did not. */
    public double evaluationsTo(double share) {
        int k = firstWithin(share);
        return k < 0 ? Double.POSITIVE_INFINITY : evaluations[k];
    }

    /** Seconds until the gap fell to a share of the start's; infinite if it did not. */
    public double secondsTo(double share) {
        int k = firstWithin(share);
        return k < 0 ? Double.POSITIVE_INFINITY : seconds[k];
    }

    private int firstWithin(double share) {
        for (int k = 0; k < gaps.length; k++) {
            if (gaps[k] <= share * startGap()) {
                return k;
            }
        }
        return -1;
    }

    private double lowest(IntPredicate admitted) {
        double lowest = startGap();
        for (int k = 1; k < gaps.length && admitted.test(k); k++) {
            lowest = gaps[k] < lowest ? gaps[k] : lowest;
        }
        return lowest;
    }
}
