package dev.secant.optimizer;

/** A symmetric positive definite matrix that rank-two or rank-one corrections start from, up to a factor. */
@FunctionalInterface
interface InverseBase {

    /** The identity. */
    InverseBase IDENTITY = double[]::clone;

    /** Its product with a vector, in a new array. */
    double[] times(double[] vector);
}
