package dev.secant.jobs.store;

/** How an item ended. */
public enum ItemOutcome {
    /** It has a result. */
    SUCCEEDED,
    /** There was nothing to compute, such as a person without a detected keypoint. */
    SKIPPED,
    /** It could not be computed. */
    FAILED,
    /** Its job was cancelled; it has a result if it had started. */
    CANCELLED
}
