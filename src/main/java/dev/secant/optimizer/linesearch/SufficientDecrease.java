package dev.secant.optimizer.linesearch;

/**
 * Armijo's condition (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, equation 3.4): a step must lower the value by a share of
 * what the slope at its start promises.
 *
 * @param value at the start of the line
 * @param slope there, negative
 */
record SufficientDecrease(double value, double slope) {

    /** The share c1, as usual for quasi-Newton methods (ibid., section 3.1). */
    static final double SHARE = 1e-4;

    /** Whether the value at a distance from the start is low enough. */
    boolean isMetBy(double distance, double trialValue) {
        return trialValue <= value + SHARE * distance * slope;
    }
}
