package dev.secant.optimizer.firstorder;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;

class AdamTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new Adam(0.02);
    }

    @Override
    protected Optimizer boldOptimizer() {
        return new Adam(0.3);
    }

    @Override
    protected int quadraticSteps() {
        return 1000;
    }

    @Override
    protected double rosenbrockTarget() {
        return 0.1;
    }
}
