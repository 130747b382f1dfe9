package dev.secant.fit.sequence;

/** Hears how a sequence's optimization goes, and may end it. */
public interface SequenceObserver {

    /** Hears nothing and ends nothing. */
    SequenceObserver NONE = new SequenceObserver() {};

    /**
     * A step was done.
     *
     * @param step 0 for the start
     * @param energy of the sequence
     */
    default void onStep(int step, double energy) {}

    /** Whether to end; asked between steps. */
    default boolean isCancelled() {
        return false;
    }
}
