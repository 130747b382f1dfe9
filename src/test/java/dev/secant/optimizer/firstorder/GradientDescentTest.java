package dev.secant.optimizer.firstorder;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;

class GradientDescentTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new GradientDescent(1e-3);
    }

    @Override
    protected Optimizer boldOptimizer() {
        return new GradientDescent(0.1);
    }

    @Override
    protected int quadraticSteps() {
        return 300;
    }

    @Override
    protected double rosenbrockTarget() {
        return 0.1;
    }
}
