package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.batch.ArrayPoint;
import dev.secant.optimizer.batch.Vectors;
import dev.secant.optimizer.linesearch.ArrayLineSearchMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * An inverse Hessian of one problem that satisfies the secant equation on its newest pair and is positive definite: the
 * two-loop recursion over at most L pairs with positive curvature (Nocedal and Wright, Numerical Optimization, 2nd ed.
 * 2006, algorithm 7.4), on the JVM in double precision.
 */
public final class LbfgsArrays implements ArrayLineSearchMethod.Curvature {

    private static final double LEAST_CURVATURE = 1e-12;

    private final int memory;
    private final InitialInverseHessian initialInverse;
    private final List<Pair> pairs = new ArrayList<>();

    private record Pair(double[] step, double[] change, double curvature) {}

    /** That correct a multiple of the identity. */
    LbfgsArrays(int memory) {
        this(memory, InitialInverseHessian.IDENTITY);
    }

    /**
     * Without pairs.
     *
     * @param initialInverse what they correct, scaled so that its curvature is the newest pair's
     */
    public LbfgsArrays(int memory, InitialInverseHessian initialInverse) {
        this.memory = memory;
        this.initialInverse = initialInverse;
    }

    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** Stores a pair in place of the oldest, unless its curvature is not positive. */
    public void push(double[] step, double[] change) {
        double curvature = Vectors.dot(step, change);
        double bound = Math.sqrt(Vectors.dot(step, step)) * Math.sqrt(Vectors.dot(change, change));
        if (curvature > LEAST_CURVATURE * bound) {
            if (pairs.size() == memory) {
                pairs.remove(0);
            }
            pairs.add(new Pair(step, change, curvature));
        }
    }

    /** {@code -B g}; minus the gradient where no pair is stored. */
    @Override
    public double[] descent(double[] gradient) {
        double[] r = Vectors.scaled(-1, gradient);
        if (pairs.isEmpty()) {
            return r;
        }
        double[] alpha = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair pair = pairs.get(i);
            alpha[i] = Vectors.dot(pair.step, r) / pair.curvature;
            Vectors.add(r, -alpha[i], pair.change);
        }
        Pair newest = pairs.get(pairs.size() - 1);
        double scale = newest.curvature / Vectors.dot(newest.change, initialInverse.times(newest.change));
        r = Vectors.scaled(scale, initialInverse.times(r));
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            Vectors.add(r, alpha[i] - Vectors.dot(pair.change, r) / pair.curvature, pair.step);
        }
        return r;
    }

    @Override
    public double firstTrial() {
        return pairs.isEmpty() ? Double.NaN : 1;
    }

    @Override
    public void learn(ArrayPoint from, ArrayPoint to) {
        push(to.step(), Vectors.difference(to.gradient(), from.gradient()));
    }

    @Override
    public void forget() {
        pairs.clear();
    }

    /** {@code ||B q - p|| / ||p||} before the pair is stored. */
    public double residual(double[] step, double[] change) {
        double[] r = descent(change);
        Vectors.add(r, 1, step);
        return Math.sqrt(Vectors.dot(r, r) / Math.max(Vectors.dot(step, step), Double.MIN_NORMAL));
    }
}
