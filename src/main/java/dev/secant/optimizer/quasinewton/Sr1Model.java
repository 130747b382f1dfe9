package dev.secant.optimizer.quasinewton;

import dev.secant.linalg.SymmetricEigen;
import dev.secant.optimizer.batch.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The limited-memory SR1 matrix of one problem, {@code B = gamma I + sum w_i r_i r_i'}, by its eigenvalues and eigenvectors (Brust, Erway
 * and Marcia, On solving L-SR1 trust-region subproblems, Comput. Optim. Appl. 66, 2017). The r are combinations of some vectors of unit
 * length, of which only the products with each other and with the gradient are needed; so it is the same on either storage.
 */
final class Sr1Model {

    /** A pair is left out where {@code |r's|} is below this times {@code ||r|| ||s||}: the usual SR1 safeguard. */
    private static final double LEAST_DENOMINATOR = 1e-8;

    private static final double RANK_TOLERANCE = 1e-12;

    private final double gamma;

    /** Coefficients of the eigenvectors in the vectors, one row an eigenvector. */
    private final double[][] eigenvectors;

    private final double[] curvatures;

    /**
     * A trust-region step: {@code gradientFactor g} and a combination of the vectors.
     *
     * @param vectorFactors one a vector
     * @param decrease by how much the model falls
     */
    record Step(double gradientFactor, double[] vectorFactors, double decrease) {}

    private Sr1Model(double gamma, double[][] eigenvectors, double[] curvatures) {
        this.gamma = gamma;
        this.eigenvectors = eigenvectors;
        this.curvatures = curvatures;
    }

    /** Whether a pair says enough beyond those before it: {@code r's} beside {@code ||r|| ||s||}. */
    static boolean isTelling(double denominator, double lengths) {
        return Math.abs(denominator) > LEAST_DENOMINATOR * lengths;
    }

    /**
     * Of vectors that are the r themselves.
     *
     * @param gram their products with each other
     * @param weights w
     */
    static Sr1Model ofTerms(double gamma, double[][] gram, double[] weights) {
        return of(gamma, gram, null, weights, RANK_TOLERANCE);
    }

    /**
     * Of vectors that the r are combinations of.
     *
     * @param gram their products with each other
     * @param combinations coefficients of the vectors, one row an r
     * @param weights w
     * @param rankTolerance an eigenvalue of the Gram matrix that counts as zero
     */
    static Sr1Model ofCombinations(
            double gamma, double[][] gram, double[][] combinations, double[] weights, double rankTolerance) {
        return of(gamma, gram, combinations, weights, rankTolerance);
    }

    /** The eigenvectors in the span of the vectors: first an orthonormal basis of it, then B within. */
    private static Sr1Model of(
            double gamma, double[][] gram, double @Nullable [][] combinations, double[] weights, double rankTolerance) {
        int used = gram.length;
        SymmetricEigen spread = SymmetricEigen.of(gram);
        int[] kept = new int[used];
        int rank = 0;
        for (int k = 0; k < used; k++) {
            if (spread.value(k) > rankTolerance) {
                kept[rank++] = k;
            }
        }
        double[][] inner = new double[rank][rank];
        for (int t = 0; t < used; t++) {
            double[] r = inBasis(spread, kept, rank, t, combinations);
            for (int a = 0; a < rank; a++) {
                for (int b = 0; b < rank; b++) {
                    inner[a][b] += r[a] * r[b] * weights[t];
                }
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(inner);
        double[][] eigenvectors = new double[rank][used];
        double[] curvatures = new double[rank];
        for (int k = 0; k < rank; k++) {
            curvatures[k] = gamma + eigen.value(k);
            for (int a = 0; a < rank; a++) {
                double weight = eigen.vector(a, k) / Math.sqrt(spread.value(kept[a]));
                for (int t = 0; t < used; t++) {
                    eigenvectors[k][t] += weight * spread.vector(t, kept[a]);
                }
            }
        }
        return new Sr1Model(gamma, eigenvectors, curvatures);
    }

    /** The components of an r in the orthonormal basis. */
    private static double[] inBasis(
            SymmetricEigen spread, int[] kept, int rank, int term, double @Nullable [][] combinations) {
        double[] components = new double[rank];
        for (int a = 0; a < rank; a++) {
            double component = 0;
            if (combinations == null) {
                component = spread.vector(term, kept[a]);
            } else {
                for (int j = 0; j < combinations.length; j++) {
                    component += combinations[term][j] * spread.vector(j, kept[a]);
                }
            }
            components[a] = Math.sqrt(spread.value(kept[a])) * component;
        }
        return components;
    }

    /**
     * The step within a radius that lowers the model most.
     *
     * @param slopes products of the vectors with the gradient
     * @param gradientSquare {@code g'g}
     */
    Step step(double[] slopes, double gradientSquare, double radius) {
        int size = curvatures.length;
        double[] along = new double[size + 1];
        double rest = gradientSquare;
        for (int k = 0; k < size; k++) {
            along[k] = Vectors.dot(eigenvectors[k], slopes);
            rest -= along[k] * along[k];
        }
        // The last component stands for all that is orthogonal to the memory.
        along[size] = Math.sqrt(Math.max(0, rest));
        double[] eigenvalues = Arrays.copyOf(curvatures, size + 1);
        eigenvalues[size] = gamma;
        TrustRegionSubproblem subproblem = new TrustRegionSubproblem(eigenvalues, along);
        double[] p = subproblem.solve(radius);
        double factor = along[size] > 0 ? p[size] / along[size] : 0;
        double[] coefficients = new double[slopes.length];
        for (int k = 0; k < size; k++) {
            Vectors.add(coefficients, p[k] - factor * along[k], eigenvectors[k]);
        }
        return new Step(factor, coefficients, subproblem.decrease(p));
    }
}
