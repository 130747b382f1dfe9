package dev.secant.optimizer.linesearch;

/**
 * The search for one item's step length, as a conversation: it names a step length, is told value and slope there, and
 * goes on until it is done. So that the searches of a whole batch share each evaluation.
 */
public interface LineSearchStrategy {

    /** What a search starts from. */
    @FunctionalInterface
    interface Factory {
        /**
         * A new search.
         *
         * @param value {@code phi(0)}
         * @param slope {@code phi'(0)}, negative
         * @param firstTrial the first step length to try
         * @param tolerance values that differ by less than this are taken as equal
         */
        LineSearchStrategy begin(double value, double slope, double firstTrial, double tolerance);
    }

    /** Whether no further trial is asked for. */
    boolean isDone();

    /** The step length to try next. */
    double trial();

    /** Answers the trial; a value or slope that is not finite means a step too long. */
    void tell(double value, double slope);

    /**
     * The number of the trial to take, the first being 0, or -1 while none is acceptable; where a search is broken off,
     * this is the best it has.
     */
    int chosen();
}
