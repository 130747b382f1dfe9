package dev.secant.optimizer.batch;

/** Which secant pairs (s, y) have curvature enough for a positive definite matrix: one rule for every method. */
public final class CurvatureCondition {

    /**
     * The least cosine between s and y. Far below what a pair of a convex function has unless its condition exceeds the inverse; it keeps
     * out pairs whose {@code s'y} is rounding. Results hardly depend on it: 1e-9, which tensors once had, changes last digits.
     */
    private static final double LEAST_COSINE = 1e-12;

    private CurvatureCondition() {}

    /**
     * Whether a pair is stored.
     *
     * @param product {@code s'y}
     * @param stepLength {@code ||s||}
     * @param changeLength {@code ||y||}
     */
    public static boolean accepts(double product, double stepLength, double changeLength) {
        return product > LEAST_COSINE * (stepLength * changeLength);
    }
}
