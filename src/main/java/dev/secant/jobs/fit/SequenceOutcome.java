package dev.secant.jobs.fit;

import dev.secant.fit.FitProvenance;
import dev.secant.fit.sequence.FittedSequence;

/**
 * What came out for a sequence, as stored.
 *
 * @param sequence the poses and the shape
 * @param provenance what they were found with
 */
public record SequenceOutcome(FittedSequence sequence, FitProvenance provenance) {

    /** The optimizer, as results name it. */
    private static final String OPTIMIZER = "gauss-newton";

    /**
     * The outcome of a sequence.
     *
     * @param estimated what the initial estimates were found with
     */
    public static SequenceOutcome of(FittedSequence sequence, FitProvenance estimated) {
        return new SequenceOutcome(
                sequence,
                new FitProvenance(
                        estimated.checkpoint(),
                        estimated.weightsSha256(),
                        estimated.bodyDigest(),
                        OPTIMIZER,
                        estimated.storage()));
    }
}
