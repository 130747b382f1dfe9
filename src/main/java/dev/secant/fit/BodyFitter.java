package dev.secant.fit;

import java.util.List;
import java.util.function.IntPredicate;

/** Fits bodies to keypoints, a batch at a time. */
public interface BodyFitter {

    /**
     * Fits every person of a batch. Called by a device's thread.
     *
     * @param problems the people; each has its own layout and camera
     * @param settings what they share
     * @param cancelled whether the person of an index is no longer wanted; asked between steps
     * @return a body a person, in order; a cancelled one at its best so far
     */
    List<FittedBody> fit(List<FitProblem> problems, FitSettings settings, IntPredicate cancelled);

    /** What the latest batch was fitted with. Called by the device's thread, after {@link #fit}. */
    FitProvenance provenance();
}
