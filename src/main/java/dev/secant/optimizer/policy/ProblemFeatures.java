package dev.secant.optimizer.policy;

/**
 * What a policy sees of a problem as a whole; all without a unit.
 *
 * @param agreement of the coordinates' curvatures with the newest pair
 * @param stepCosine between the newest step and the gradient
 * @param pairCosine between the newest step and its change of the gradient
 * @param past of the search
 */
public record ProblemFeatures(double agreement, double stepCosine, double pairCosine, Past past) {

    /** How many numbers they are. */
    public static final int COUNT = 8;

    /**
     * How the last step went.
     *
     * @param mismatch how far the line was from a quadratic
     * @param exact where its minimum was, in steps
     * @param trials that were rejected before
     * @param gradientRatio the gradient's norm after it over that before
     */
    public record Past(double mismatch, double exact, int trials, double gradientRatio) {

        /** Before the first step. */
        public static final Past NONE = new Past(0, 1, 0, 1);
    }

    double[] toArray() {
        double disagreement = 1 - Math.min(1, Math.max(0, agreement));
        return new double[] {
            agreement,
            FeatureScaling.within(-0.25 * Math.log10(disagreement + 1e-8), 2),
            stepCosine,
            pairCosine,
            FeatureScaling.mismatch(past.mismatch()),
            DenseNetwork.softsign(Math.log(Math.max(1e-3, Math.abs(past.exact())))),
            Math.min(past.trials(), 3) / 3.0,
            DenseNetwork.softsign(FeatureScaling.log(past.gradientRatio()))
        };
    }
}
