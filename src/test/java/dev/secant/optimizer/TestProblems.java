package dev.secant.optimizer;

import static dev.secant.tensor.ScalarMath.div;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Objectives with known answers. */
public final class TestProblems {

    private TestProblems() {}

    /** {@code sum_j w_j (x_j - 1)^2 / 2} with weights from 1 to the condition number, evenly in the logarithm. */
    public static Objective diagonalQuadratic(int n, double condition) {
        double[] weights = new double[n];
        for (int j = 0; j < n; j++) {
            weights[j] = n == 1 ? 1 : Math.pow(condition, j / (n - 1.0));
        }
        return Objective.of(n, x -> {
            NDArray w = Tensors.of(x.getManager(), weights).toType(x.getDataType(), false);
            return mul(x.sub(1).square().mul(w).sum(new int[] {1}), 0.5);
        });
    }

    /** The extended Rosenbrock function {@code sum 100 (x_(j+1) - x_j^2)^2 + (1 - x_j)^2}; minimum 0 at ones. */
    public static Objective rosenbrock(int n) {
        return Objective.of(n, TestProblems::rosenbrockValues);
    }

    /** The same on plain arrays. */
    public static ArrayObjective rosenbrockOnArrays(int n) {
        return new ArrayObjective() {
            @Override
            public int dimension() {
                return n;
            }

            @Override
            public double evaluate(int item, double[] x, double[] gradient) {
                double value = 0;
                gradient[n - 1] = 0;
                for (int j = 0; j + 1 < n; j++) {
                    double valley = x[j + 1] - x[j] * x[j];
                    double along = 1 - x[j];
                    value += 100 * valley * valley + along * along;
                    gradient[j] = (j == 0 ? 0 : gradient[j]) - 400 * x[j] * valley - 2 * along;
                    gradient[j + 1] = 200 * valley;
                }
                return value;
            }

            @Override
            public Objective select(int[] rows) {
                return this;
            }
        };
    }

    public static NDArray rosenbrockValues(NDArray x) {
        long n = x.getShape().get(1);
        NDArray head = x.get(new NDIndex(":,0:" + (n - 1)));
        NDArray tail = x.get(new NDIndex(":,1:"));
        return mul(tail.sub(head.square()).square(), 100)
                .add(head.sub(1).square())
                .sum(new int[] {1});
    }

    /** The function times a factor, in variables divided by another. */
    public static Objective scaled(int n, UnaryOperator<NDArray> function, double valueFactor, double pointFactor) {
        return Objective.of(n, x -> mul(function.apply(div(x, pointFactor)), valueFactor));
    }

    /** {@code sum (x - target)^2} with one target an item, so that {@code select} matters. */
    public static Objective targets(NDManager manager, double[][] targets) {
        return new Objective() {
            @Override
            public int dimension() {
                return targets[0].length;
            }

            @Override
            public ValueAndGradient evaluate(NDArray x) {
                if (x.getShape().get(0) != targets.length) {
                    throw new AssertionError(
                            "%d points for %d items".formatted(x.getShape().get(0), targets.length));
                }
                NDArray target = batch(manager, targets).toType(x.getDataType(), false);
                NDArray difference = x.sub(target);
                return new ValueAndGradient(difference.square().sum(new int[] {1}), mul(difference, 2));
            }

            @Override
            public Objective select(int[] rows) {
                double[][] selected = new double[rows.length][];
                for (int k = 0; k < rows.length; k++) {
                    selected[k] = targets[rows[k]];
                }
                return targets(manager, selected);
            }
        };
    }

    /** Points on the JVM as {@code [B, n]} in double precision. */
    public static NDArray batch(NDManager manager, double[]... points) {
        double[] flat = new double[points.length * points[0].length];
        for (int b = 0; b < points.length; b++) {
            System.arraycopy(points[b], 0, flat, b * points[b].length, points[b].length);
        }
        return Tensors.of(manager, flat, new Shape(points.length, points[0].length));
    }

    /** Reproducible points, uniform in {@code [-bound, bound]}. */
    public static NDArray uniform(NDManager manager, int items, int n, double bound, long seed, DataType type) {
        Random random = new Random(seed);
        double[] values = random.doubles((long) items * n, -bound, bound).toArray();
        return Tensors.of(manager, values, new Shape(items, n)).toType(type, false);
    }
}
