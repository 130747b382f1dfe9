package dev.secant.optimizer.secant;

/**
 * The restart rule: what was tried in a step, and what may be tried next (section 3.6 of docs/methods/secant.md).
 */
final class RejectedTrials {

    private static final int MAX_TRIALS = 40;
    private static final int TRIALS_BEFORE_RESTART = 15;
    private static final int MAX_TURNS = 2;

    /** The largest mismatch of a line that the search turns at. */
    private static final double TURNING_MISMATCH = 0.1;

    private int trials;
    private int turns;
    private boolean fellBack;
    private boolean restarted;
    private boolean replaced;

    /** A step begins (line 10). */
    void begin() {
        trials = 0;
        turns = 0;
        fellBack = false;
        restarted = false;
        replaced = false;
    }

    /** Counts a rejected trial; whether it was the last that is allowed (line 20). */
    boolean isLast() {
        return ++trials == MAX_TRIALS;
    }

    /** Whether the pairs are to be forgotten now (line 21). */
    boolean isRestartDue() {
        return trials == TRIALS_BEFORE_RESTART;
    }

    void restart() {
        restarted = true;
    }

    /** Whether only a fall that is no rounding is acceptable: after a restart, or the search would never end at a minimum. */
    boolean isRestarted() {
        return restarted;
    }

    /** Whether a line of this mismatch may be turned at (line 23). */
    boolean mayTurn(double mismatch) {
        return turns < MAX_TURNS && mismatch < TURNING_MISMATCH;
    }

    /**
     * A turn (line 25). The new base is extrapolated again: if nothing along its direction is lower, the search must be able to leave it.
     */
    void turn() {
        turns++;
        fellBack = false;
    }

    /** Whether the search has returned to the current point. */
    boolean hasFallenBack() {
        return fellBack;
    }

    void fallBack() {
        fellBack = true;
    }

    /** Notes that a proposal did not descend and was replaced (line 14). */
    void replace() {
        fellBack = true;
        replaced |= trials == 0;
    }

    /** How many trials of this step were rejected. */
    int count() {
        return trials;
    }

    /** Whether the first proposal was replaced or not taken. */
    boolean isSafeguarded() {
        return trials > 0 || replaced;
    }
}
