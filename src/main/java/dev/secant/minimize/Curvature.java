package dev.secant.minimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Second-order facts at a point, from exact Hessian-vector products: the whole spectrum for few variables, the ends of it
 * by Lanczos' method with full reorthogonalisation for many (Golub and Van Loan, Matrix Computations, 4th ed., section 10.1).
 */
final class Curvature {

    private static final int LARGEST_EXACT = 200;
    private static final int LANCZOS_STEPS = 60;
    private static final double STATIONARY = 1e-4;
    private static final double FLAT = 1e-9;

    private final BatchObjective objective;
    private final NDManager manager;

    /** Of one item, in the request's variables, in float64. */
    Curvature(BatchObjective objective, NDManager manager) {
        this.objective = objective;
        this.manager = manager;
    }

    @SuppressWarnings("try")
    MinimizationItem.Certificate certificate(double[] x) {
        double[] gradient;
        try (MemoryScope scope = MemoryScope.open()) {
            gradient = objective
                    .evaluate(manager.create(new double[][] {x}))
                    .gradient()
                    .toDoubleArray();
        }
        double norm = norm(gradient);
        boolean exact = x.length <= LARGEST_EXACT;
        double[] eigenvalues = exact ? spectrum(x) : lanczos(x);
        double smallest = eigenvalues[0];
        double largest = eigenvalues[eigenvalues.length - 1];
        double scale = Math.max(Math.abs(smallest), Math.abs(largest));
        String verdict = verdict(norm, smallest, scale);
        return new MinimizationItem.Certificate(
                verdict,
                statement(verdict, norm, smallest, exact),
                Json.number(norm),
                Json.number(smallest),
                Json.number(largest),
                exact ? "exact" : "lanczos, %d steps".formatted(eigenvalues.length),
                exact ? Json.numbers(eigenvalues) : null);
    }

    private static String verdict(double gradientNorm, double smallest, double scale) {
        if (!(gradientNorm <= STATIONARY * Math.max(1, scale))) {
            return "NOT_STATIONARY";
        } else if (smallest < -FLAT * scale) {
            return "SADDLE";
        }
        return smallest > FLAT * scale ? "MINIMUM" : "DEGENERATE";
    }

    private static String statement(String verdict, double gradientNorm, double smallest, boolean exact) {
        String numbers = "the gradient's norm is %.3g and the Hessian's smallest eigenvalue %s%.3g"
                .formatted(gradientNorm, exact ? "" : "about ", smallest);
        return switch (verdict) {
            case "MINIMUM" -> "A strict local minimum: " + numbers + ".";
            case "DEGENERATE" -> "No descent to second order, but some direction is flat: " + numbers + ".";
            case "SADDLE" -> "Not a minimum, there is negative curvature: " + numbers + ".";
            default -> "Not stationary yet: " + numbers + ".";
        };
    }

    /** {@code H v} for some directions, in one batch. */
    @SuppressWarnings("try")
    double[][] products(double[] x, double[][] directions) {
        try (MemoryScope scope = MemoryScope.open()) {
            double[][] copies = new double[directions.length][];
            Arrays.fill(copies, x);
            NDArray products = objective
                    .select(new int[directions.length])
                    .hessianVectorProduct(manager.create(copies), manager.create(directions));
            return WayRecorder.rows(products);
        }
    }

    private double[] spectrum(double[] x) {
        double[][] identity = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            identity[i][i] = 1;
        }
        double[][] hessian = products(x, identity);
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (hessian[i][j] + hessian[j][i]) / 2;
                hessian[i][j] = mean;
                hessian[j][i] = mean;
            }
        }
        return Eigenvalues.ofSymmetric(hessian);
    }

    private double[] lanczos(double[] x) {
        Random random = new Random(1);
        double[] v = new double[x.length];
        Arrays.setAll(v, i -> random.nextGaussian());
        List<double[]> basis = new ArrayList<>();
        List<Double> diagonal = new ArrayList<>();
        List<Double> off = new ArrayList<>();
        scale(v, 1 / norm(v));
        double[] next = v;
        while (next != null && basis.size() < LANCZOS_STEPS) {
            basis.add(next);
            double[] w = products(x, new double[][] {next})[0];
            diagonal.add(dot(w, next));
            // Twice is enough (Parlett).
            for (int pass = 0; pass < 2; pass++) {
                for (double[] u : basis) {
                    subtract(w, dot(w, u), u);
                }
            }
            next = normalised(w, diagonal, off);
        }
        int k = basis.size();
        double[][] matrix = new double[k][k];
        for (int i = 0; i < k; i++) {
            matrix[i][i] = diagonal.get(i);
            if (i + 1 < k) {
                matrix[i][i + 1] = off.get(i);
                matrix[i + 1][i] = off.get(i);
            }
        }
        return Eigenvalues.ofSymmetric(matrix);
    }

    private static double @Nullable [] normalised(double[] w, List<Double> diagonal, List<Double> off) {
        double norm = norm(w);
        if (!(norm > 1e-12 * Math.abs(diagonal.get(0)))) {
            // The space is exhausted.
            return null;
        }
        off.add(norm);
        scale(w, 1 / norm);
        return w;
    }

    private static void subtract(double[] w, double factor, double[] u) {
        for (int i = 0; i < w.length; i++) {
            w[i] -= factor * u[i];
        }
    }

    private static void scale(double[] v, double factor) {
        for (int i = 0; i < v.length; i++) {
            v[i] *= factor;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] v) {
        return Math.sqrt(dot(v, v));
    }
}
