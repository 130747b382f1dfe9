package dev.secant.optimizer;

/** Which rule an item converged by. */
public enum Convergence {
    /** It has not converged. */
    NONE,
    /** The gradient's norm is at most {@link StopRule#gradientTolerance}; also where it is exactly zero. */
    GRADIENT,
    /** {@code ||g|| max(1, ||x||)} is at most {@link StopRule#relativeGradientTolerance} times {@code |f|}. */
    RELATIVE_GRADIENT,
    /** A step changed the value by at most {@link StopRule#relativeDecreaseTolerance} of it. */
    DECREASE,
    /**
     * The value cannot fall further in the arithmetic: the method's own model foretells a decrease below ten units of rounding of {@code
     * |f|}, and neither value nor gradient got better. Without that prediction an item without an acceptable step has stalled.
     */
    ROUNDING
}
