package dev.secant.linalg;

/** A symmetric positive definite matrix H {@code [n, n]} in a form that solves with it. Immutable; any number of threads may use it. */
public interface Factorization {

    /** n. */
    int size();

    /**
     * The x of {@code H x = right}.
     *
     * @param right {@code [n]}, not modified
     * @return a new array
     */
    double[] solve(double[] right);
}
