package dev.secant.optimizer.firstorder;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.FirstOrderRun;

/**
 * Steepest descent with a fixed learning rate: {@code x <- x - rate g}.
 *
 * @param learningRate the rate, positive
 */
public record GradientDescent(double learningRate) implements Optimizer {

    public GradientDescent {
        FirstOrderRun.requirePositive("learningRate", learningRate);
    }

    @Override
    public String name() {
        return "Gradient descent";
    }

    @Override
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        return FirstOrderRun.minimize(objective, start, stopRule, observer, run -> new FirstOrderRun.Update() {
            @Override
            public NDArray displacement() {
                return mul(run.current().gradient(), -learningRate);
            }

            @Override
            public void keep(RowSelection rows) {}

            @Override
            public void close() {}
        });
    }
}
