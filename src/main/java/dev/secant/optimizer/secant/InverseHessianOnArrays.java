package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.Vectors;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.quasinewton.PairRings;
import java.util.SplittableRandom;

/**
 * The inverse Hessian of one item on plain arrays (section 2.3 of docs/methods/secant.md): pairs of positive curvature that correct the
 * learned initial one, scaled to the newest, by the two-loop recursion (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, algorithm
 * 7.4). It satisfies the secant equation on the newest pair and is positive definite. Which slots are pairs is the rings' to say.
 */
public final class InverseHessianOnArrays {

    private final LearnedInitialInverseHessian initial;
    private final PairRings rings;
    private final double[][] steps;
    private final double[][] changes;
    private final double[] products;
    private final double[] alpha;
    private final PairNumbers pair = new PairNumbers();

    InverseHessianOnArrays(SecantPolicy policy, int n, PairRings rings) {
        this.initial = new LearnedInitialInverseHessian(policy, n);
        this.rings = rings;
        this.steps = new double[rings.capacity()][];
        this.changes = new double[rings.capacity()][];
        this.products = new double[rings.capacity()];
        this.alpha = new double[rings.capacity()];
    }

    /**
     * With a full memory of random pairs of positive curvature, as one item's: for measurements.
     *
     * @param memory L
     * @param n the dimension
     */
    public static InverseHessianOnArrays full(SecantPolicy policy, int memory, int n, SplittableRandom random) {
        PairRings rings = new PairRings(1, memory);
        InverseHessianOnArrays inverse = new InverseHessianOnArrays(policy, n, rings);
        double[] gradient = normals(n, random);
        for (int k = 0; k < memory; k++) {
            double[] step = normals(n, random);
            double[] change = normals(n, random);
            for (int j = 0; j < n; j++) {
                change[j] = step[j] * (1 + Math.abs(change[j]));
            }
            inverse.store(0, step, change);
            rings.accept(0);
            inverse.initial.shape(gradient, vector -> inverse.descent(0, vector), new Shaping(0.5, 0.5, 0.5, 0.5));
        }
        return inverse;
    }

    private static double[] normals(int n, SplittableRandom random) {
        double[] numbers = new double[n];
        for (int j = 0; j < n; j++) {
            numbers[j] = random.nextGaussian();
        }
        return numbers;
    }

    LearnedInitialInverseHessian initial() {
        return initial;
    }

    /** Puts a pair in the free slot, and learns from it whatever its curvature. */
    PairNumbers store(int row, double[] step, double[] change) {
        initial.learn(step, change, pair);
        int slot = rings.free(row);
        steps[slot] = step;
        changes[slot] = change;
        products[slot] = pair.product;
        return pair;
    }

    /**
     * {@code -B g}; minus the gradient where no pair is stored.
     *
     * @param row of the item
     * @param gradient g, {@code [n]}
     */
    public double[] descent(int row, double[] gradient) {
        double[] r = Vectors.scaled(-1, gradient);
        int count = rings.count(row);
        if (count == 0) {
            return r;
        }
        for (int age = 0; age < count; age++) {
            int slot = rings.slot(row, age);
            alpha[age] = Vectors.dot(steps[slot], r) / products[slot];
            Vectors.add(r, -alpha[age], changes[slot]);
        }
        int newest = rings.slot(row, 0);
        double scale = products[newest] / Vectors.dot(changes[newest], initial.times(changes[newest]));
        r = initial.times(r);
        Vectors.scale(r, scale);
        for (int age = count - 1; age >= 0; age--) {
            int slot = rings.slot(row, age);
            Vectors.add(r, alpha[age] - Vectors.dot(changes[slot], r) / products[slot], steps[slot]);
        }
        return r;
    }

    /** {@code ||B q - p|| / ||p||} of a pair that is not stored. */
    double residual(int row, double[] step, double[] change, double stepSquare) {
        double[] r = descent(row, change);
        Vectors.add(r, 1, step);
        return Math.sqrt(Vectors.dot(r, r) / Math.max(stepSquare, Double.MIN_NORMAL));
    }
}
