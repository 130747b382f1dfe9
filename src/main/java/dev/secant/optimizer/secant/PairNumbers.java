package dev.secant.optimizer.secant;

/** What control needs to know of a pair (p, q) and of the curvatures h from before it; filled by the storage's algebra. */
final class PairNumbers {

    /** {@code p'p}. */
    double stepSquare;

    /** {@code p'q}. */
    double product;

    /** {@code q'q}. */
    double changeSquare;

    /** {@code sum (h_j p_j)^2}. */
    double predictedSquare;

    /** {@code sum h_j p_j q_j}. */
    double predictedProduct;

    /** The share of the coordinates with {@code p_j q_j < 0}. */
    double negativeShare;
}
