package dev.secant.optimizer.firstorder;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.Settings;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.StepLoop;

/**
 * Steepest descent with a fixed learning rate: {@code x <- x - rate g}.
 *
 * @param learningRate the rate, positive
 */
public record GradientDescent(double learningRate) implements Optimizer {

    public GradientDescent {
        Settings.requirePositive("learningRate", learningRate);
    }

    @Override
    public String name() {
        return "Gradient descent";
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        return StepLoop.minimize(objective, start, execution, stopRule, observer, run -> new StepLoop.StepMethod() {
            @Override
            public Block displacement() {
                return run.space().scaled(-learningRate, run.current().gradient());
            }
        });
    }
}
