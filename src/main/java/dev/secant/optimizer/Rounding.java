package dev.secant.optimizer;

/** Which values are taken as equal because of rounding. */
public final class Rounding {

    /**
     * Units of rounding of {@code |f|}. A sum of n terms is off by about {@code sqrt(n)} units; ten cover formulas of some hundreds of
     * terms, and are few enough that a step of a digit's worth is never taken for none.
     */
    private static final double UNITS = 10;

    private Rounding() {}

    /**
     * Values that differ from this one by at most this much are taken as equal to it.
     *
     * @param epsilon the unit of rounding of the arithmetic
     */
    public static double tolerance(double value, double epsilon) {
        return UNITS * epsilon * Math.abs(value);
    }
}
