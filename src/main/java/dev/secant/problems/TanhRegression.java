package dev.secant.problems;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Nonlinear least squares {@code 0.5 sum_k (tanh(a_k'x) - tanh(a_k'x*))^2}, minimum 0, with twice as many equations as variables, normal
 * data whose columns have scales from 0.3 to 3, and x* and the starts normal, over the root of n.
 */
public record TanhRegression() implements ProblemFamily {

    private static final double LOG_SCALE = 0.5;

    @Override
    public String name() {
        return "tanh";
    }

    @Override
    public ProblemSet draw(int items, int dimension, DataType type, RandomGenerator random, NDManager manager) {
        List<ArrayForm.Function> functions = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            functions.add(Equations.draw(dimension, random));
        }
        double root = Math.sqrt(dimension);
        double[] starts = random.doubles((long) items * dimension)
                .map(unused -> random.nextGaussian() / root)
                .toArray();
        return new ProblemSet(
                new ItemFunctions(dimension, functions),
                ProblemSet.arrayOf(starts, type, manager, items, dimension),
                new double[items]);
    }

    /**
     * The equations of one problem.
     *
     * @param rows a_k, {@code [m][n]}
     * @param targets {@code tanh(a_k'x*)}
     */
    private record Equations(double[][] rows, double[] targets) implements ArrayForm.Function {

        static Equations draw(int n, RandomGenerator random) {
            double[] solution = Quadratic.normals(n, random);
            double[] scales = random.doubles(n, -LOG_SCALE, LOG_SCALE)
                    .map(exponent -> Math.pow(10, exponent))
                    .toArray();
            double[][] rows = new double[2 * n][];
            double[] targets = new double[rows.length];
            for (int k = 0; k < rows.length; k++) {
                rows[k] = Quadratic.normals(n, random);
                for (int j = 0; j < n; j++) {
                    rows[k][j] *= scales[j];
                }
                targets[k] = Math.tanh(Quadratic.dot(rows[k], solution) / Math.sqrt(n));
            }
            return new Equations(rows, targets);
        }

        @Override
        public double evaluate(double[] x, double[] gradient) {
            double value = 0;
            Arrays.fill(gradient, 0);
            for (int k = 0; k < rows.length; k++) {
                double reached = Math.tanh(Quadratic.dot(rows[k], x));
                double residual = reached - targets[k];
                value += 0.5 * residual * residual;
                double slope = residual * (1 - reached * reached);
                for (int j = 0; j < x.length; j++) {
                    gradient[j] += slope * rows[k][j];
                }
            }
            return value;
        }
    }
}
