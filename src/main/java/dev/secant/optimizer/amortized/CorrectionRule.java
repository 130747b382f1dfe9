package dev.secant.optimizer.amortized;

/**
 * Which pairs (p, q) correct an inverse Hessian B by symmetric rank one, decided by inner products only.
 *
 * <p>With {@code r = p - Bq} the correction is {@code r r' / (r'q)} (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, equation
 * 6.25), which restores the secant equation {@code Bq = p}. With {@code r'q < 0} that takes from B; it stays positive definite as long
 * as {@code p'B^-1 p < p'q}, which for a step {@code p = -t B g} is {@code -t p'g < p'q} and costs nothing to know. For the rare step along
 * {@code -g}, the safeguard's, that is an estimate.
 */
final class CorrectionRule {

    /** Pairs with {@code |r'q|} below this times {@code ||r|| ||q||} are skipped (equation 6.26). */
    private static final double LEAST_ANGLE = 1e-6;

    /** How much of the curvature must remain when a pair takes from B. */
    private static final double REMAINDER = 0.05;

    private CorrectionRule() {}

    /**
     * Whether a pair is taken.
     *
     * @param rq {@code r'q}
     * @param rr {@code r'r}
     * @param qq {@code q'q}
     * @param pq {@code p'q}
     * @param pg {@code p'g}, g the gradient where the step began
     * @param gBg {@code g'Bg}
     */
    static boolean takes(double rq, double rr, double qq, double pq, double pg, double gBg) {
        if (!(Math.abs(rq) > LEAST_ANGLE * Math.sqrt(rr) * Math.sqrt(qq))) {
            return false;
        }
        // t p'g with t = -p'g / g'Bg.
        return rq > 0 || pg * pg / gBg < (1 - REMAINDER) * pq;
    }
}
