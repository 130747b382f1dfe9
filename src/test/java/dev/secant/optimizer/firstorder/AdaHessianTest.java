package dev.secant.optimizer.firstorder;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;

class AdaHessianTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new AdaHessian(0.5);
    }

    @Override
    protected Optimizer boldOptimizer() {
        return new AdaHessian(0.3);
    }

    @Override
    protected int quadraticSteps() {
        return 600;
    }

    @Override
    protected double rosenbrockTarget() {
        return 1;
    }
}
