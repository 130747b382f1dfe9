package dev.secant.problems;

import dev.secant.linalg.Cholesky;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code 0.5 x'Hx + b'x} with {@code H = A'A / ||A'A||_F}, A and b normal, b of unit length (L-SR1, arXiv 2508.12270,
 * section 5.1.1).
 *
 * @param hessian H, symmetric positive definite, {@code [n][n]}
 * @param linear b, {@code [n]}
 */
public record Quadratic(double[][] hessian, double[] linear) {

    private static final int ROUGH_ITERATIONS = 8;
    private static final int EXACT_ITERATIONS = 400;

    static Quadratic draw(int n, RandomGenerator random) {
        double[][] factor = new double[n][];
        for (int i = 0; i < n; i++) {
            factor[i] = normals(n, random);
        }
        // The rows of A' are as random as those of A, and their products run along memory.
        double[][] hessian = new double[n][n];
        double squares = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double product = dot(factor[i], factor[j]);
                hessian[i][j] = product;
                hessian[j][i] = product;
                squares += (i == j ? 1 : 2) * product * product;
            }
        }
        double norm = Math.sqrt(squares);
        for (double[] row : hessian) {
            scale(row, 1 / norm);
        }
        double[] linear = normals(n, random);
        scale(linear, 1 / Math.sqrt(dot(linear, linear)));
        return new Quadratic(hessian, linear);
    }

    /** Whether the largest eigenvalue is at most this times the smallest. */
    boolean isConditionedWithin(double condition) {
        // Power iteration approaches the largest eigenvalue from below: a few steps reject most matrices for good.
        return Cholesky.of(hessian, largestEigenvalue(ROUGH_ITERATIONS) / condition)
                        .isPresent()
                && Cholesky.of(hessian, largestEigenvalue(EXACT_ITERATIONS) / condition)
                        .isPresent();
    }

    private double largestEigenvalue(int iterations) {
        double[] v = linear.clone();
        double eigenvalue = 0;
        for (int i = 0; i < iterations; i++) {
            double[] product = times(v);
            eigenvalue = dot(v, product) / dot(v, v);
            scale(product, 1 / Math.sqrt(dot(product, product)));
            v = product;
        }
        return eigenvalue;
    }

    /** H x. */
    public double[] times(double[] x) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            product[i] = dot(hessian[i], x);
        }
        return product;
    }

    /** The value at x. */
    public double value(double[] x) {
        return 0.5 * dot(x, times(x)) + dot(linear, x);
    }

    /** {@code -H^-1 g} at x: the way to the minimum. */
    public double[] newtonDirection(double[] x) {
        double[] downhill = times(x);
        for (int i = 0; i < downhill.length; i++) {
            downhill[i] = -downhill[i] - linear[i];
        }
        return factor().solve(downhill);
    }

    /** The least value. */
    double minimum() {
        double[] minimizer = factor().solve(linear);
        return -0.5 * dot(minimizer, linear);
    }

    private Cholesky factor() {
        Optional<Cholesky> factor = Cholesky.of(hessian, 0);
        return factor.orElseThrow(() -> new IllegalStateException(
                "A random quadratic in %d variables is singular in double precision.".formatted(linear.length)));
    }

    /** Whether it has a minimum that arithmetic can find. */
    boolean isRegular() {
        return Cholesky.of(hessian, 0).isPresent();
    }

    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Independent standard normal numbers. */
    static double[] normals(int n, RandomGenerator random) {
        double[] numbers = new double[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = random.nextGaussian();
        }
        return numbers;
    }

    private static void scale(double[] target, double factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] *= factor;
        }
    }
}
