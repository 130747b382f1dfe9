package dev.secant.optimizer.secant;

import dev.secant.optimizer.policy.FeatureScaling;

/** How well the curvatures along the coordinates foretell, and which signs they had: the scalars of section 2.1 of docs/methods/secant.md. */
final class CurvatureSummary {

    private int pairs;
    private double agreement;
    private double negativeShare;
    private double pairCosine;

    /** Whether a pair says anything: its step has a length. */
    static boolean isTelling(PairNumbers pair, int n) {
        return pair.stepSquare / n > 0;
    }

    /** Learns from a pair, whatever its curvature. */
    void learn(PairNumbers pair, int n) {
        pairCosine = FeatureScaling.cosine(pair.product, pair.stepSquare, pair.changeSquare, n);
        if (!isTelling(pair, n)) {
            return;
        }
        if (pairs++ > 0) {
            double norms = Math.sqrt(pair.predictedSquare) * Math.sqrt(pair.changeSquare);
            agreement = norms > 0 ? pair.predictedProduct / norms : 0;
        }
        negativeShare = Math.max(negativeShare, pair.negativeShare);
    }

    /** The cosine between the newest change of the gradient and what the older pairs foretold; 0 before the second pair. */
    double agreement() {
        return agreement;
    }

    /** The largest share of coordinates that had negative curvature in one pair. */
    double negativeShare() {
        return negativeShare;
    }

    /** The cosine between step and change of the newest pair. */
    double pairCosine() {
        return pairCosine;
    }
}
