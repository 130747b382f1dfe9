package dev.secant.problems;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.Objective;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The chained Rosenbrock function {@code sum 100 (x_(j+1) - x_j^2)^2 + (1 - x_j)^2}, minimum 0 at ones, from starts uniform
 * in {@code [-2.048, 2.048]^n}. It has a second, local minimum from four variables on.
 */
public record Rosenbrock() implements ProblemFamily {

    private static final double START_BOUND = 2.048;

    @Override
    public String name() {
        return "rosenbrock";
    }

    @Override
    public ProblemSet draw(int items, int dimension, DataType type, RandomGenerator random, NDManager manager) {
        return new ProblemSet(
                new ArrayForm(Objective.of(dimension, Rosenbrock::values), Rosenbrock::evaluate, Rosenbrock::gradient),
                ProblemSet.uniformStart(items, dimension, START_BOUND, type, random, manager),
                new double[items]);
    }

    private static NDArray values(NDArray x) {
        long n = x.getShape().get(1);
        NDArray head = x.get(new NDIndex(":,0:" + (n - 1)));
        NDArray tail = x.get(new NDIndex(":,1:"));
        NDArray valley = mul(tail.sub(head.square()).square(), 100);
        return valley.add(head.sub(1).square()).sum(new int[] {1});
    }

    private static NDArray gradient(NDArray x) {
        long n = x.getShape().get(1);
        NDArray head = x.get(new NDIndex(":,0:" + (n - 1)));
        NDArray valley = x.get(new NDIndex(":,1:")).sub(head.square());
        NDArray none = x.getManager().zeros(new Shape(x.getShape().get(0), 1), x.getDataType());
        NDArray first = mul(valley.mul(head), -400).add(mul(head.sub(1), 2));
        return NDArrays.concat(new NDList(first, none), 1).add(NDArrays.concat(new NDList(none, mul(valley, 200)), 1));
    }

    private static double evaluate(double[] x, double[] gradient) {
        double value = 0;
        Arrays.fill(gradient, 0);
        for (int j = 0; j + 1 < x.length; j++) {
            double valley = x[j + 1] - x[j] * x[j];
            double rest = x[j] - 1;
            value += 100 * valley * valley + rest * rest;
            gradient[j] += -400 * valley * x[j] + 2 * rest;
            gradient[j + 1] += 200 * valley;
        }
        return value;
    }
}
