package dev.secant.optimizer.firstorder;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;

class NesterovGradientTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new NesterovGradient(1e-4);
    }

    @Override
    protected Optimizer boldOptimizer() {
        return new NesterovGradient(0.02);
    }

    @Override
    protected int quadraticSteps() {
        return 400;
    }

    @Override
    protected double rosenbrockTarget() {
        return 0.1;
    }
}
