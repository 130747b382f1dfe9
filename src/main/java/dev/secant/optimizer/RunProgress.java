package dev.secant.optimizer;

/** How far the problems of a running batch are. Valid during the call that passes it, on the thread of the call. */
public interface RunProgress {

    /** Steps that a problem has done. */
    int steps(int item);

    /** Evaluations of value and gradient that a problem has used. */
    int evaluations(int item);

    /** The value at a problem's best point. */
    double value(int item);

    /** The Euclidean norm of the gradient there. */
    double gradientNorm(int item);
}
