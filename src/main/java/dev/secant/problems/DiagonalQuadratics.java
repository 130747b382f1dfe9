package dev.secant.problems;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Objective;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Diagonal quadratics {@code 0.5 sum d_j (x_j - m_j)^2} of a given condition number, minimum 0, from starts uniform in
 * {@code [-5.12, 5.12]^n} (L-SR1, arXiv 2508.12270, section 5.1.2).
 *
 * <p>The eigenvalues are evenly spaced on a logarithmic scale, {@code d_j = condition^(-j / (n - 1))}: both ends, 1 and 1 /
 * condition, are among them. The minimizer m is uniform in {@code [-1, 1]^n} and the same for all items of a draw: a
 * method that sees x itself, as L-SR1 does, shall gain nothing from a minimum at zero. The order of the coordinates means
 * nothing to any method here.
 *
 * @param condition largest over smallest eigenvalue
 */
public record DiagonalQuadratics(double condition) implements ProblemFamily {

    private static final double START_BOUND = 5.12;

    public DiagonalQuadratics {
        if (!(condition >= 1) || Double.isInfinite(condition)) {
            throw new IllegalArgumentException(
                    "The condition (%s) of a diagonal quadratic must be at least 1 and finite.".formatted(condition));
        }
    }

    @Override
    public String name() {
        return String.format(Locale.ROOT, "diagonal-%.0f", condition);
    }

    @Override
    public ProblemSet draw(int items, int dimension, DataType type, RandomGenerator random, NDManager manager) {
        NDArray halfEigenvalues = ProblemSet.arrayOf(
                Arrays.stream(eigenvalues(dimension)).map(d -> d / 2).toArray(), type, manager, 1, dimension);
        NDArray minimizer = ProblemSet.uniformStart(1, dimension, 1, type, random, manager);
        double[] eigenvalues = eigenvalues(dimension);
        double[] center = ProblemSet.doubles(minimizer);
        return new ProblemSet(
                new ArrayForm(
                        Objective.of(dimension, x -> x.sub(minimizer)
                                .square()
                                .mul(halfEigenvalues)
                                .sum(new int[] {1})),
                        (x, gradient) -> evaluate(eigenvalues, center, x, gradient),
                        x -> mul(x.sub(minimizer).mul(halfEigenvalues), 2)),
                ProblemSet.uniformStart(items, dimension, START_BOUND, type, random, manager),
                new double[items]);
    }

    /** From 1 down to 1 / condition, evenly spaced on a logarithmic scale; of one variable, 1. */
    public double[] eigenvalues(int dimension) {
        double[] eigenvalues = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            eigenvalues[j] = Math.pow(condition, -(double) j / Math.max(1, dimension - 1));
        }
        return eigenvalues;
    }

    private static double evaluate(double[] eigenvalues, double[] minimizer, double[] x, double[] gradient) {
        double value = 0;
        for (int j = 0; j < x.length; j++) {
            double away = x[j] - minimizer[j];
            gradient[j] = eigenvalues[j] * away;
            value += 0.5 * gradient[j] * away;
        }
        return value;
    }
}
