package dev.secant.optimizer;

import java.util.Arrays;

/**
 * The limited-memory SR1 matrix of one item, {@code B = gamma I + sum r_j r_j' / d_j}, by its eigenvalues and eigenvectors
 * (Brust, Erway and Marcia, On solving L-SR1 trust-region subproblems, Comput. Optim. Appl. 66, 2017).
 *
 * <p>All vectors are coefficients of {@code psi_j = y_j - gamma s_j}; nothing of the dimension is touched.
 */
final class Sr1Model {

    /** A pair is left out where {@code |r's|} is below this times {@code ||r|| ||s||}: the usual SR1 safeguard. */
    private static final double LEAST_DENOMINATOR = 1e-8;

    private static final double RANK_TOLERANCE = 1e-12;

    private final double gamma;
    private final int[] oldestFirst;

    /** Coefficients of the eigenvectors in the psi, one row an eigenvector. */
    private double[][] vectors = {};

    private double[] curvatures = {};

    /**
     * A trust-region step.
     *
     * @param gradientFactor coefficient of the gradient
     * @param psi coefficients of the psi, by slot
     * @param decrease by how much the model falls
     */
    record Step(double gradientFactor, double[] psi, double decrease) {}

    /** Builds the matrix from an item's pairs. */
    Sr1Model(SecantPairs.Item item, double gamma) {
        this.gamma = gamma;
        int[] newestFirst = item.order();
        this.oldestFirst = new int[newestFirst.length];
        for (int k = 0; k < newestFirst.length; k++) {
            oldestFirst[k] = newestFirst[newestFirst.length - 1 - k];
        }
        build(item);
    }

    private void build(SecantPairs.Item item) {
        int size = oldestFirst.length;
        double[][] psiPsi = new double[size][size];
        double[][] psiStep = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                int i = oldestFirst[a];
                int j = oldestFirst[b];
                psiPsi[a][b] = item.changeChange(i, j)
                        - gamma * (item.stepChange(i, j) + item.stepChange(j, i))
                        + gamma * gamma * item.stepStep(i, j);
                psiStep[a][b] = item.stepChange(j, i) - gamma * item.stepStep(i, j);
            }
        }
        double[][] terms = new double[size][];
        double[] denominators = new double[size];
        int used = 0;
        for (int a = 0; a < size; a++) {
            double[] r = new double[size];
            r[a] = 1;
            for (int t = 0; t < used; t++) {
                double projection = product(terms[t], psiStep, a) / denominators[t];
                for (int b = 0; b < size; b++) {
                    r[b] -= projection * terms[t][b];
                }
            }
            double denominator = product(r, psiStep, a);
            double bound = LEAST_DENOMINATOR
                    * Math.sqrt(Math.max(0, form(r, psiPsi, r)) * item.stepStep(oldestFirst[a], oldestFirst[a]));
            if (Math.abs(denominator) > bound) {
                terms[used] = r;
                denominators[used++] = denominator;
            }
        }
        decompose(Arrays.copyOf(terms, used), denominators, psiPsi);
    }

    private void decompose(double[][] terms, double[] denominators, double[][] psiPsi) {
        int used = terms.length;
        double[][] gram = new double[used][used];
        double largest = 0;
        for (int a = 0; a < used; a++) {
            for (int b = 0; b < used; b++) {
                gram[a][b] = form(terms[a], psiPsi, terms[b]);
            }
            largest = Math.max(largest, gram[a][a]);
        }
        SymmetricEigen spread = SymmetricEigen.of(gram);
        double cutoff = RANK_TOLERANCE * largest;
        int[] kept = java.util.stream.IntStream.range(0, used)
                .filter(k -> spread.value(k) > cutoff)
                .toArray();
        double[][] inner = new double[kept.length][kept.length];
        for (int a = 0; a < kept.length; a++) {
            for (int b = 0; b < kept.length; b++) {
                double root = Math.sqrt(spread.value(kept[a]) * spread.value(kept[b]));
                for (int t = 0; t < used; t++) {
                    inner[a][b] += root * spread.vector(t, kept[a]) * spread.vector(t, kept[b]) / denominators[t];
                }
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(inner);
        vectors = new double[kept.length][oldestFirst.length];
        curvatures = new double[kept.length];
        for (int k = 0; k < kept.length; k++) {
            curvatures[k] = gamma + eigen.value(k);
            for (int a = 0; a < kept.length; a++) {
                double weight = eigen.vector(a, k) / Math.sqrt(spread.value(kept[a]));
                for (int t = 0; t < used; t++) {
                    for (int b = 0; b < oldestFirst.length; b++) {
                        vectors[k][b] += weight * spread.vector(t, kept[a]) * terms[t][b];
                    }
                }
            }
        }
    }

    /**
     * The step within a radius.
     *
     * @param item the pairs, with their products with the current gradient
     * @param gradientNorm its norm
     * @param slots how long the answer's coefficients are
     */
    Step step(SecantPairs.Item item, double gradientNorm, double radius, int slots) {
        int size = curvatures.length;
        double[] along = new double[size + 1];
        double rest = gradientNorm * gradientNorm;
        for (int k = 0; k < size; k++) {
            for (int b = 0; b < oldestFirst.length; b++) {
                int slot = oldestFirst[b];
                along[k] += vectors[k][b] * (item.changeGradient(slot) - gamma * item.stepGradient(slot));
            }
            rest -= along[k] * along[k];
        }
        // The last component stands for all that is orthogonal to the memory.
        along[size] = Math.sqrt(Math.max(0, rest));
        double[] eigenvalues = Arrays.copyOf(curvatures, size + 1);
        eigenvalues[size] = gamma;
        SecularEquation equation = new SecularEquation(eigenvalues, along);
        double[] p = equation.solve(radius);
        double factor = along[size] > 0 ? p[size] / along[size] : 0;
        double[] psi = new double[slots];
        for (int k = 0; k < size; k++) {
            for (int b = 0; b < oldestFirst.length; b++) {
                psi[oldestFirst[b]] += (p[k] - factor * along[k]) * vectors[k][b];
            }
        }
        return new Step(factor, psi, equation.decrease(p));
    }

    private static double form(double[] a, double[][] matrix, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum += a[i] * matrix[i][j] * b[j];
            }
        }
        return sum;
    }

    private static double product(double[] r, double[][] psiStep, int column) {
        double sum = 0;
        for (int i = 0; i < r.length; i++) {
            sum += r[i] * psiStep[i][column];
        }
        return sum;
    }
}
