package dev.secant.optimizer.quasinewton;

import java.util.Arrays;

/**
 * The pairs of one item by their products alone, and the SR1 matrix that follows from them. Slots are numbered as the vectors are: c steps,
 * then c changes.
 *
 * <p>The vectors of the model are {@code psi = y - gamma s}, each divided by its length; the terms of the matrix are combinations of them
 * that recursion gives. Products are known to rounding only, so a term shorter than {@value #SHORTEST_TERM} of its own psi is left out: its
 * pair is one that the others foretold to that many digits.
 */
final class Sr1GramModel {

    private static final double SHORTEST_TERM = 1e-6;

    /** Below this the direction of an eigenvector of the Gram matrix is rounding. */
    private static final double RANK_TOLERANCE = 1e-11;

    private final int capacity;
    private final double[][] gram;

    /** With the gradient of the current point. */
    private double[] gradientProducts;

    /** With the gradient of the trial that was stored last. */
    private double[] nextProducts;

    /** Of the model made last: the slots of its vectors and their lengths. */
    private int[] used = {};

    private double[] lengths = {};
    private double gamma;

    Sr1GramModel(int capacity) {
        this.capacity = capacity;
        this.gram = new double[2 * capacity][2 * capacity];
        this.gradientProducts = new double[2 * capacity];
        this.nextProducts = new double[2 * capacity];
    }

    /**
     * Puts a pair in a slot.
     *
     * @param measured products of (s, y, g of the trial, g) with each other, and from {@code outer} on of each with all slots
     */
    void store(int slot, double[] measured, int outer) {
        int width = 2 * capacity;
        int change = capacity + slot;
        for (int i = 0; i < width; i++) {
            gram[i][slot] = measured[outer + i];
            gram[slot][i] = measured[outer + i];
            gram[i][change] = measured[outer + width + i];
            gram[change][i] = measured[outer + width + i];
            nextProducts[i] = measured[outer + 2 * width + i];
            gradientProducts[i] = measured[outer + 3 * width + i];
        }
        gram[slot][slot] = measured[0];
        gram[slot][change] = measured[1];
        gram[change][slot] = measured[1];
        gram[change][change] = measured[5];
        nextProducts[slot] = measured[2];
        nextProducts[change] = measured[6];
        gradientProducts[slot] = measured[3];
        gradientProducts[change] = measured[7];
    }

    /** The trial that was stored last is the current point. */
    void moveOn() {
        double[] next = nextProducts;
        nextProducts = gradientProducts;
        gradientProducts = next;
    }

    /** The product of two vectors. */
    double product(int i, int j) {
        return gram[i][j];
    }

    /**
     * Makes the matrix.
     *
     * @param slots of the pairs, the oldest first
     */
    Sr1Model model(int[] slots, double gamma) {
        this.gamma = gamma;
        int count = slots.length;
        used = new int[count];
        lengths = new double[count];
        double[][] psi = new double[count][count];
        double[][] combinations = new double[count][count];
        double[] weights = new double[count];
        int size = 0;
        for (int slot : slots) {
            double length = Math.sqrt(Math.max(0, psiProduct(slot, slot)));
            double scale =
                    Math.sqrt(gram[capacity + slot][capacity + slot]) + Math.abs(gamma) * Math.sqrt(gram[slot][slot]);
            if (!(length > SHORTEST_TERM * scale)) {
                continue;
            }
            used[size] = slot;
            lengths[size] = length;
            for (int j = 0; j <= size; j++) {
                psi[size][j] = psiProduct(slot, used[j]) / (length * lengths[j]);
                psi[j][size] = psi[size][j];
            }
            double[] r = recursion(slot, size, length, combinations, weights);
            double norm = Math.sqrt(Math.max(0, square(psi, r, size)));
            double denominator = 0;
            for (int j = 0; j <= size; j++) {
                denominator += r[j] * psiStep(j, slot);
            }
            if (norm > SHORTEST_TERM * length && Sr1Model.isTelling(denominator, norm * Math.sqrt(gram[slot][slot]))) {
                for (int j = 0; j <= size; j++) {
                    combinations[size][j] = r[j] / norm;
                }
                weights[size++] = norm * (norm / denominator);
            }
        }
        used = Arrays.copyOf(used, size);
        return Sr1Model.ofCombinations(
                gamma, corner(psi, size), corner(combinations, size), Arrays.copyOf(weights, size), RANK_TOLERANCE);
    }

    /** What of a pair's psi the terms before it do not say, in coefficients of the model's vectors. */
    private double[] recursion(int slot, int size, double length, double[][] combinations, double[] weights) {
        double[] r = new double[size + 1];
        r[size] = length;
        for (int t = 0; t < size; t++) {
            double product = 0;
            for (int j = 0; j <= t; j++) {
                product += combinations[t][j] * psiStep(j, slot);
            }
            for (int j = 0; j <= t; j++) {
                r[j] -= weights[t] * product * combinations[t][j];
            }
        }
        return r;
    }

    private static double square(double[][] psi, double[] r, int last) {
        double square = 0;
        for (int i = 0; i <= last; i++) {
            for (int j = 0; j <= last; j++) {
                square += r[i] * psi[i][j] * r[j];
            }
        }
        return square;
    }

    private static double[][] corner(double[][] matrix, int size) {
        double[][] corner = new double[size][];
        for (int i = 0; i < size; i++) {
            corner[i] = Arrays.copyOf(matrix[i], size);
        }
        return corner;
    }

    private double psiProduct(int i, int j) {
        return gram[capacity + i][capacity + j]
                - gamma * (gram[capacity + i][j] + gram[i][capacity + j])
                + gamma * gamma * gram[i][j];
    }

    /** The product of the model's vector j with the step of a slot. */
    private double psiStep(int j, int slot) {
        return (gram[capacity + used[j]][slot] - gamma * gram[used[j]][slot]) / lengths[j];
    }

    /** The products of the model's vectors with the gradient. */
    double[] slopes() {
        double[] slopes = new double[used.length];
        for (int j = 0; j < slopes.length; j++) {
            slopes[j] = (gradientProducts[capacity + used[j]] - gamma * gradientProducts[used[j]]) / lengths[j];
        }
        return slopes;
    }

    /** The coefficients of all slots in a combination of the model's vectors. */
    void coefficients(double[] factors, double[] into, int from) {
        for (int j = 0; j < factors.length; j++) {
            double factor = factors[j] / lengths[j];
            into[from + capacity + used[j]] += factor;
            into[from + used[j]] -= gamma * factor;
        }
    }
}
