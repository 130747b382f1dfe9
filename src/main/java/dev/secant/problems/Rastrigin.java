package dev.secant.problems;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Objective;
import java.util.random.RandomGenerator;

/**
 * Rastrigin's function {@code 10 n + sum x_j^2 - 10 cos(2 pi x_j)}, minimum 0 at zero among a lattice of local ones, from
 * starts uniform in {@code [-5.12, 5.12]^n}.
 */
public record Rastrigin() implements ProblemFamily {

    private static final double START_BOUND = 5.12;
    private static final double HEIGHT = 10;

    @Override
    public String name() {
        return "rastrigin";
    }

    @Override
    public ProblemSet draw(int items, int dimension, DataType type, RandomGenerator random, NDManager manager) {
        return new ProblemSet(
                new ArrayForm(Objective.of(dimension, Rastrigin::values), Rastrigin::evaluate, Rastrigin::gradient),
                ProblemSet.uniformStart(items, dimension, START_BOUND, type, random, manager),
                new double[items]);
    }

    private static NDArray values(NDArray x) {
        NDArray waves = mul(mul(x, 2 * Math.PI).cos(), -HEIGHT).add(HEIGHT);
        return x.square().add(waves).sum(new int[] {1});
    }

    private static NDArray gradient(NDArray x) {
        return mul(mul(x, 2 * Math.PI).sin(), 2 * Math.PI * HEIGHT).add(mul(x, 2));
    }

    private static double evaluate(double[] x, double[] gradient) {
        double value = 0;
        for (int j = 0; j < x.length; j++) {
            double angle = 2 * Math.PI * x[j];
            value += x[j] * x[j] + HEIGHT * (1 - Math.cos(angle));
            gradient[j] = 2 * x[j] + 2 * Math.PI * HEIGHT * Math.sin(angle);
        }
        return value;
    }
}
