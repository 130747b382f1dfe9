package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.vectors.Vectors;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.List;

/**
 * A sum of squares {@code ||r(x)||^2 / 2} with minimum 0 from the set of Moré, Garbow and Hillstrom (ACM TOMS 7, 1981), on plain
 * arrays, that counts at how many points it was asked until its value was below a target.
 */
final class PeerProblem {

    static final double TARGET = 1e-14;

    /** Residuals and their Jacobian, row by row. */
    interface Residuals {
        double[][] at(double[] x);
    }

    private final String name;
    private final double[] start;
    private final double[] minimum;
    private final Residuals function;
    private double[] last = {};
    private int points;
    private int pointsToTarget = Integer.MAX_VALUE;

    private PeerProblem(String name, double[] start, double[] minimum, Residuals function) {
        this.name = name;
        this.start = start;
        this.minimum = minimum;
        this.function = function;
    }

    /** Fresh problems, nothing counted yet. */
    static List<PeerProblem> all() {
        return List.of(
                new PeerProblem("Rosenbrock", new double[] {-1.2, 1}, new double[] {1, 1}, PeerProblem::rosenbrock),
                new PeerProblem("extended Rosenbrock", alternating(10), ones(10), PeerProblem::rosenbrock),
                new PeerProblem("Beale", new double[] {1, 1}, new double[] {3, 0.5}, PeerProblem::beale),
                new PeerProblem("Wood", new double[] {-3, -1, -3, -1}, ones(4), PeerProblem::wood),
                new PeerProblem("linear, condition 10,000", alternating(6), ones(6), PeerProblem::linear));
    }

    String name() {
        return name;
    }

    double[] start() {
        return start.clone();
    }

    double[] minimum() {
        return minimum;
    }

    int dimension() {
        return start.length;
    }

    int residualCount() {
        return function.at(start)[0].length;
    }

    /** At how many points it was evaluated until the value was below the target. */
    int pointsToTarget() {
        return pointsToTarget;
    }

    double[] residuals(double[] x) {
        visit(x);
        return function.at(x)[0];
    }

    double[][] jacobian(double[] x) {
        visit(x);
        double[][] at = function.at(x);
        return Arrays.copyOfRange(at, 1, at.length);
    }

    double value(double[] x) {
        visit(x);
        return half(function.at(x)[0]);
    }

    double[] gradient(double[] x) {
        visit(x);
        double[][] at = function.at(x);
        double[] gradient = new double[x.length];
        for (int i = 0; i < at[0].length; i++) {
            Vectors.add(gradient, at[0][i], at[i + 1]);
        }
        return gradient;
    }

    /** For methods that take any objective. */
    ArrayObjective objective() {
        return new ArrayObjective() {
            @Override
            public int dimension() {
                return start.length;
            }

            @Override
            public double evaluate(int item, double[] x, double[] gradient) {
                System.arraycopy(gradient(x), 0, gradient, 0, x.length);
                return value(x);
            }

            @Override
            public Objective select(int[] rows) {
                return this;
            }
        };
    }

    /** For methods for sums of squares, one item. */
    ResidualObjective residualObjective() {
        return new ResidualObjective() {
            @Override
            public int dimension() {
                return start.length;
            }

            @Override
            public Linearization linearize(NDArray x) {
                double[] at = x.toDoubleArray();
                double[] residuals = residuals(at);
                NDArray jacobian = Tensors.of(x.getManager(), jacobian(at)).reshape(1, residuals.length, at.length);
                return new Linearization(
                        Tensors.of(x.getManager(), residuals, new Shape(1, residuals.length)), jacobian);
            }

            @Override
            public ResidualObjective select(int[] rows) {
                return this;
            }
        };
    }

    private void visit(double[] x) {
        if (!Arrays.equals(x, last)) {
            points++;
            last = x.clone();
            if (pointsToTarget == Integer.MAX_VALUE && half(function.at(x)[0]) < TARGET) {
                pointsToTarget = points;
            }
        }
    }

    private static double half(double[] residuals) {
        return 0.5 * Vectors.dot(residuals, residuals);
    }

    private static double[][] rosenbrock(double[] x) {
        int n = x.length;
        double[][] at = new double[n + 1][n];
        for (int i = 0; i < n; i += 2) {
            at[0][i] = 10 * (x[i + 1] - x[i] * x[i]);
            at[i + 1][i] = -20 * x[i];
            at[i + 1][i + 1] = 10;
            at[0][i + 1] = 1 - x[i];
            at[i + 2][i] = -1;
        }
        return at;
    }

    private static double[][] beale(double[] x) {
        double[] y = {1.5, 2.25, 2.625};
        double[][] at = new double[4][2];
        at[0] = new double[3];
        for (int i = 1; i <= 3; i++) {
            at[0][i - 1] = y[i - 1] - x[0] * (1 - Math.pow(x[1], i));
            at[i][0] = Math.pow(x[1], i) - 1;
            at[i][1] = x[0] * i * Math.pow(x[1], i - 1);
        }
        return at;
    }

    private static double[][] wood(double[] x) {
        double a = Math.sqrt(90);
        double b = Math.sqrt(10);
        double c = 1 / Math.sqrt(10);
        return new double[][] {
            {
                10 * (x[1] - x[0] * x[0]),
                1 - x[0],
                a * (x[3] - x[2] * x[2]),
                1 - x[2],
                b * (x[1] + x[3] - 2),
                c * (x[1] - x[3])
            },
            {-20 * x[0], 10, 0, 0},
            {-1, 0, 0, 0},
            {0, 0, -2 * a * x[2], a},
            {0, 0, -1, 0},
            {0, b, 0, b},
            {0, c, 0, -c}
        };
    }

    /** Weights from 1 to 100: condition 10,000. */
    private static double[][] linear(double[] x) {
        int n = x.length;
        double[][] at = new double[n + 1][n];
        for (int i = 0; i < n; i++) {
            double weight = Math.pow(100, i / (n - 1.0));
            at[0][i] = weight * (x[i] - 1);
            at[i + 1][i] = weight;
        }
        return at;
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] alternating(int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> i % 2 == 0 ? -1.2 : 1);
        return x;
    }
}
