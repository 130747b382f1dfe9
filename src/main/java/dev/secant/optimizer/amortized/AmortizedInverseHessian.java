package dev.secant.optimizer.amortized;

import dev.secant.linalg.Cholesky;
import dev.secant.optimizer.batch.ArrayPoint;
import dev.secant.optimizer.batch.Vectors;
import dev.secant.optimizer.linesearch.ArrayLineSearchMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * The inverse Hessian of one problem, {@code B = B_0 + sum_j s_j v_j v_j'}: {@code B_0} is the inverse of a given Hessian, and the
 * corrections of either sign are the symmetric-rank-one formula's, at most L.
 *
 * <p>A pair (p, q) adds {@code r r' / (r'q)} with {@code r = p - Bq} (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, equation
 * 6.25), which restores the secant equation {@code Bq = p}. With {@code r'q < 0} that takes from B; it stays positive definite as long
 * as {@code p'B^-1 p < p'q}, which for a step {@code p = -t B g} is {@code -t p'g < p'q} and costs nothing to know. A pair that would
 * break it is skipped.
 */
public final class AmortizedInverseHessian implements ArrayLineSearchMethod.Curvature {

    /** Pairs with {@code |r'q|} below this times {@code ||r|| ||q||} are skipped (equation 6.26). */
    private static final double LEAST_ANGLE = 1e-6;

    /** How much of the curvature must remain when a pair takes from B. */
    private static final double REMAINDER = 0.05;

    private final Cholesky start;
    private final int memory;
    private final List<Correction> corrections = new ArrayList<>();

    private record Correction(double[] v, double sign) {}

    /**
     * Without corrections.
     *
     * @param start the factor of the given Hessian
     * @param memory L
     */
    public AmortizedInverseHessian(Cholesky start, int memory) {
        this.start = start;
        this.memory = memory;
    }

    /** {@code B y}. */
    public double[] times(double[] y) {
        double[] product = start.solve(y);
        for (Correction correction : corrections) {
            Vectors.add(product, correction.sign * Vectors.dot(correction.v, y), correction.v);
        }
        return product;
    }

    /**
     * Learns a pair.
     *
     * @param p the step, {@code -t B g} for some t
     * @param q the change of the gradient
     * @param g the gradient where the step began
     * @return whether it was taken
     */
    public boolean learn(double[] p, double[] q, double[] g) {
        double[] r = times(q);
        for (int i = 0; i < r.length; i++) {
            r[i] = p[i] - r[i];
        }
        double rq = Vectors.dot(r, q);
        double least = LEAST_ANGLE * Math.sqrt(Vectors.dot(r, r)) * Math.sqrt(Vectors.dot(q, q));
        if (!(Math.abs(rq) > least) || (rq < 0 && !remainsPositive(p, q, g))) {
            return false;
        }
        if (corrections.size() == memory) {
            corrections.remove(0);
        }
        corrections.add(new Correction(Vectors.scaled(1 / Math.sqrt(Math.abs(rq)), r), Math.signum(rq)));
        return true;
    }

    private boolean remainsPositive(double[] p, double[] q, double[] g) {
        double descent = -Vectors.dot(p, g);
        double length = descent / Vectors.dot(g, times(g)); // t
        return length * descent < (1 - REMAINDER) * Vectors.dot(p, q);
    }

    @Override
    public double[] descent(double[] gradient) {
        return Vectors.scaled(-1, times(gradient));
    }

    @Override
    public double firstTrial() {
        return 1;
    }

    @Override
    public void learn(ArrayPoint from, ArrayPoint to) {
        learn(to.step(), Vectors.difference(to.gradient(), from.gradient()), from.gradient());
    }

    @Override
    public void forget() {
        // What was given stays.
        corrections.clear();
    }
}
