package dev.secant.optimizer.quasinewton;

/** A symmetric positive definite matrix that rank-two or rank-one corrections start from, up to a factor. */
@FunctionalInterface
public interface InitialInverseHessian {

    /** The identity. */
    InitialInverseHessian IDENTITY = vector -> vector;

    /** Its product with a vector, which stays as it is; the identity's is the vector itself. */
    double[] times(double[] vector);
}
