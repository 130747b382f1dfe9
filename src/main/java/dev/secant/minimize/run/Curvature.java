package dev.secant.minimize.run;

import ai.djl.ndarray.NDManager;
import dev.secant.linalg.SymmetricEigen;
import dev.secant.minimize.BoundsTransform;
import dev.secant.minimize.Json;
import dev.secant.minimize.MinimizationItem;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Second-order facts at a point, from products of the Hessian with directions: the whole spectrum for few variables, the
 * ends of it by Lanczos' method with full reorthogonalisation for many (Golub and Van Loan, Matrix Computations, 4th ed.,
 * section 10.1).
 *
 * <p>The products are exact: gradients of the derivative along the direction.
 */
public final class Curvature {

    private static final int LARGEST_FULL = 200;
    private static final int LANCZOS_STEPS = 60;
    private static final double STATIONARY = 1e-4;
    private static final double FLAT = 1e-9;

    private final BatchObjective objective;
    private final NDManager manager;
    private final @Nullable BoundsTransform bounds;
    private final BooleanSupplier over;

    /**
     * @param objective of one item, in the request's variables, in float64
     * @param manager makes the points
     * @param bounds variables that it holds are left out
     * @param over whether there is no more time; asked before each product
     */
    public Curvature(
            BatchObjective objective, NDManager manager, @Nullable BoundsTransform bounds, BooleanSupplier over) {
        this.objective = objective;
        this.manager = manager;
        this.bounds = bounds;
        this.over = over;
    }

    /** Null where the time was up before it was done. */
    public MinimizationItem.@Nullable Certificate certificate(double[] x) {
        if (over.getAsBoolean()) {
            return null;
        }
        double[] gradient = gradient(x);
        int[] free = free(x, gradient);
        double norm = norm(Arrays.stream(free).mapToDouble(i -> gradient[i]).toArray());
        if (free.length == 0) {
            return atAVertex();
        }
        boolean full = free.length <= LARGEST_FULL;
        double[] eigenvalues = full ? spectrum(x, free) : lanczos(x, free);
        if (eigenvalues == null) {
            return null;
        }
        double smallest = eigenvalues[0];
        double largest = eigenvalues[eigenvalues.length - 1];
        double scale = Math.max(Math.abs(smallest), Math.abs(largest));
        String verdict = verdict(norm, smallest, scale);
        return new MinimizationItem.Certificate(
                verdict,
                statement(verdict, norm, smallest, full) + held(x.length - free.length),
                Json.number(norm),
                Json.number(smallest),
                Json.number(largest),
                full ? "full" : "lanczos, %d steps".formatted(eigenvalues.length),
                full ? Json.numbers(eigenvalues) : null);
    }

    private static MinimizationItem.Certificate atAVertex() {
        return new MinimizationItem.Certificate(
                "MINIMUM", "A strict local minimum: bounds hold every variable.", 0.0, null, null, "full", List.of());
    }

    private static String held(int count) {
        return count == 0 ? "" : " Bounds hold %d variable%s, left out here.".formatted(count, count == 1 ? "" : "s");
    }

    private int[] free(double[] x, double[] gradient) {
        boolean[] held = bounds == null ? new boolean[x.length] : bounds.held(x, gradient);
        return IntStream.range(0, x.length).filter(i -> !held[i]).toArray();
    }

    @SuppressWarnings("try")
    private double[] gradient(double[] x) {
        try (MemoryScope scope = MemoryScope.open()) {
            return objective
                    .evaluate(Tensors.of(manager, new double[][] {x}))
                    .gradient()
                    .toDoubleArray();
        }
    }

    private static String verdict(double gradientNorm, double smallest, double scale) {
        if (!(gradientNorm <= STATIONARY * Math.max(1, scale))) {
            return "NOT_STATIONARY";
        } else if (smallest < -FLAT * scale) {
            return "SADDLE";
        }
        return smallest > FLAT * scale ? "MINIMUM" : "DEGENERATE";
    }

    private static String statement(String verdict, double gradientNorm, double smallest, boolean full) {
        String numbers = "the gradient's norm is %.3g and the Hessian's smallest eigenvalue %s%.3g"
                .formatted(gradientNorm, full ? "" : "about ", smallest);
        return switch (verdict) {
            case "MINIMUM" -> "A strict local minimum: " + numbers + ".";
            case "DEGENERATE" -> "No descent to second order, but some direction is flat: " + numbers + ".";
            case "SADDLE" -> "Not a minimum, there is negative curvature: " + numbers + ".";
            default -> "Not stationary yet: " + numbers + ".";
        };
    }

    /** {@code H v} for some directions, in one batch; H and v of the free variables only. */
    @SuppressWarnings("try")
    private double[][] products(double[] x, int[] free, double[][] directions) {
        int count = directions.length;
        double[][] points = new double[count][];
        double[][] along = new double[count][x.length];
        for (int k = 0; k < count; k++) {
            points[k] = x;
            for (int i = 0; i < free.length; i++) {
                along[k][free[i]] = directions[k][i];
            }
        }
        double[][] whole;
        BatchObjective copies = objective.select(new int[count]);
        try (MemoryScope scope = MemoryScope.open()) {
            whole = TrajectoryRecorder.rows(
                    copies.hessianVectorProduct(Tensors.of(manager, points), Tensors.of(manager, along)));
        } finally {
            objective.release(copies);
        }
        double[][] products = new double[count][free.length];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < free.length; i++) {
                products[k][i] = whole[k][free[i]];
            }
        }
        return products;
    }

    private double[] spectrum(double[] x, int[] free) {
        int n = free.length;
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        double[][] hessian = products(x, free, identity);
        return SymmetricEigen.values(hessian);
    }

    private double @Nullable [] lanczos(double[] x, int[] free) {
        Random random = new Random(1);
        double[] v = new double[free.length];
        Arrays.setAll(v, i -> random.nextGaussian());
        List<double[]> basis = new ArrayList<>();
        List<Double> diagonal = new ArrayList<>();
        List<Double> off = new ArrayList<>();
        scale(v, 1 / norm(v));
        double[] next = v;
        while (next != null && basis.size() < LANCZOS_STEPS) {
            if (over.getAsBoolean()) {
                return null;
            }
            basis.add(next);
            double[] w = products(x, free, new double[][] {next})[0];
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
        return SymmetricEigen.values(matrix);
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
