package dev.secant.optimizer;

/** Why an item stopped. */
public enum Termination {
    /** A stop rule's tolerance was met, or the value cannot fall further in this arithmetic; see {@link Convergence}. */
    CONVERGED,
    /** The step budget or the evaluation budget was used up. */
    MAX_STEPS,
    /** The time budget was used up. */
    TIME_LIMIT,
    /** No acceptable step was found, although the method's model foretold a decrease that the arithmetic could show. */
    STALLED,
    /** The value rose beyond the divergence bound, or fell without bound; the best point so far is the result. */
    DIVERGED,
    /** A value or gradient was not finite; the best finite point is the result. */
    NON_FINITE,
    /** Its cancel flag was set; the best point so far is the result. */
    CANCELLED
}
