package dev.secant.optimizer.quasinewton;

import dev.secant.linalg.SymmetricEigen;
import dev.secant.optimizer.batch.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The limited-memory SR1 matrix of one problem, {@code B = gamma I + sum r_j r_j' / d_j}, by its eigenvalues and eigenvectors
 * (Brust, Erway and Marcia, On solving L-SR1 trust-region subproblems, Comput. Optim. Appl. 66, 2017).
 *
 * <p>With m pairs in n variables it takes {@code O(m^2 n + m^3)} to build and {@code O(m n)} for a step.
 */
final class Sr1Model {

    /** A pair is left out where {@code |r's|} is below this times {@code ||r|| ||s||}: the usual SR1 safeguard. */
    private static final double LEAST_DENOMINATOR = 1e-8;

    private static final double RANK_TOLERANCE = 1e-12;

    private final double gamma;

    /** The r of unit length. */
    private final double[][] terms;

    /** Coefficients of the eigenvectors in the terms, one row an eigenvector. */
    private double[][] vectors = {};

    private double[] curvatures = {};

    /**
     * A secant pair.
     *
     * @param step s
     * @param change y
     */
    record Pair(double[] step, double[] change) {}

    /**
     * A trust-region step.
     *
     * @param displacement {@code [n]}
     * @param decrease by how much the model falls
     */
    record Step(double[] displacement, double decrease) {}

    /**
     * Builds the matrix.
     *
     * @param pairs the oldest first
     */
    Sr1Model(List<Pair> pairs, double gamma) {
        this.gamma = gamma;
        double[][] used = new double[pairs.size()][];
        double[] weights = new double[used.length];
        int size = 0;
        for (Pair pair : pairs) {
            double[] r = pair.change.clone();
            Vectors.add(r, -gamma, pair.step);
            for (int t = 0; t < size; t++) {
                Vectors.add(r, -weights[t] * Vectors.dot(used[t], pair.step), used[t]);
            }
            double denominator = Vectors.dot(r, pair.step);
            double norm = Math.sqrt(Vectors.dot(r, r));
            if (Math.abs(denominator) > LEAST_DENOMINATOR * norm * Math.sqrt(Vectors.dot(pair.step, pair.step))) {
                used[size] = Vectors.scaled(1 / norm, r);
                weights[size++] = norm * (norm / denominator);
            }
        }
        this.terms = Arrays.copyOf(used, size);
        decompose(weights);
    }

    /** The eigenvectors in the span of the terms: first an orthonormal basis of it, then B within. */
    private void decompose(double[] weights) {
        int used = terms.length;
        double[][] gram = new double[used][used];
        for (int a = 0; a < used; a++) {
            for (int b = 0; b <= a; b++) {
                gram[a][b] = Vectors.dot(terms[a], terms[b]);
                gram[b][a] = gram[a][b];
            }
        }
        SymmetricEigen spread = SymmetricEigen.of(gram);
        int[] kept = IntStream.range(0, used)
                .filter(k -> spread.value(k) > RANK_TOLERANCE)
                .toArray();
        double[][] inner = new double[kept.length][kept.length];
        for (int a = 0; a < kept.length; a++) {
            for (int b = 0; b < kept.length; b++) {
                double root = Math.sqrt(spread.value(kept[a]) * spread.value(kept[b]));
                for (int t = 0; t < used; t++) {
                    inner[a][b] += root * spread.vector(t, kept[a]) * spread.vector(t, kept[b]) * weights[t];
                }
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(inner);
        vectors = new double[kept.length][used];
        curvatures = new double[kept.length];
        for (int k = 0; k < kept.length; k++) {
            curvatures[k] = gamma + eigen.value(k);
            for (int a = 0; a < kept.length; a++) {
                double weight = eigen.vector(a, k) / Math.sqrt(spread.value(kept[a]));
                for (int t = 0; t < used; t++) {
                    vectors[k][t] += weight * spread.vector(t, kept[a]);
                }
            }
        }
    }

    /** The step within a radius that lowers the model most. */
    Step step(double[] gradient, double radius) {
        int size = curvatures.length;
        double[] slopes = new double[terms.length];
        for (int t = 0; t < slopes.length; t++) {
            slopes[t] = Vectors.dot(terms[t], gradient);
        }
        double[] along = new double[size + 1];
        double rest = Vectors.dot(gradient, gradient);
        for (int k = 0; k < size; k++) {
            along[k] = Vectors.dot(vectors[k], slopes);
            rest -= along[k] * along[k];
        }
        // The last component stands for all that is orthogonal to the memory.
        along[size] = Math.sqrt(Math.max(0, rest));
        double[] eigenvalues = Arrays.copyOf(curvatures, size + 1);
        eigenvalues[size] = gamma;
        TrustRegionSubproblem subproblem = new TrustRegionSubproblem(eigenvalues, along);
        double[] p = subproblem.solve(radius);
        double factor = along[size] > 0 ? p[size] / along[size] : 0;
        double[] coefficients = new double[terms.length];
        for (int k = 0; k < size; k++) {
            Vectors.add(coefficients, p[k] - factor * along[k], vectors[k]);
        }
        double[] displacement = Vectors.scaled(factor, gradient);
        for (int t = 0; t < coefficients.length; t++) {
            Vectors.add(displacement, coefficients[t], terms[t]);
        }
        return new Step(displacement, subproblem.decrease(p));
    }
}
