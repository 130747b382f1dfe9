package dev.secant.optimizer;

/** Sees each step of a batch and may cancel items. Called by the thread that minimizes, so it returns quickly. */
public interface Observer {

    /** Sees nothing and cancels nothing. */
    Observer NONE = new Observer() {};

    /**
     * After the start (step 0) and after each step: the iterates of every item, the stopped ones at their result.
     *
     * @param step the number of steps done
     * @param x {@code [B, n]}, gathered when it is looked at; valid during the call only
     */
    default void onStep(int step, Points x) {}

    /**
     * The rule that an item stops by: the batch's, or a narrower one where the item has less left than others. Asked once, at the
     * start; the time limit is the batch's.
     */
    default StopRule ruleOf(int item, StopRule rule) {
        return rule;
    }

    /** Whether an item's own time is up, whatever the batch has left; asked before each step. */
    default boolean isLate(int item) {
        return false;
    }

    /** Whether an item shall stop with {@link Termination#CANCELLED}; asked before each step. */
    default boolean isCancelled(int item) {
        return false;
    }

    /**
     * After the start and after each step, before {@link #onStep}: how far each item is.
     *
     * @param progress valid during the call only
     */
    default void onProgress(RunProgress progress) {}

    /**
     * How many points of an item's history are kept at most, besides the last; beyond it every second one is dropped, see {@link
     * ThinnedColumn}. All of them unless overridden. Asked once, before the start.
     */
    default int historyLimit() {
        return Integer.MAX_VALUE;
    }
}
