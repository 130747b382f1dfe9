package dev.secant.fit;

/** Estimates bodies without refining them: the first half of a {@link BodyFitter}. */
public interface BodyEstimator {

    /**
     * The initial estimates of people and the deviations predicted for them. Called by a device's thread.
     *
     * @param observations what was seen; everybody has a detected keypoint
     * @return one row a person, in order
     */
    FitBatch estimate(Observations observations);

    /** What the latest people were estimated with. */
    FitProvenance provenance();
}
