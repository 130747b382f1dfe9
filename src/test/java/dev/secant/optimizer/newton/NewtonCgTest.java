package dev.secant.optimizer.newton;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;

class NewtonCgTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new NewtonCg();
    }

    @Override
    protected double rosenbrockTarget() {
        return 1e-20;
    }

    @Override
    protected int rosenbrockSteps() {
        return 60;
    }

    @Override
    protected double quadraticTarget() {
        return 1e-20;
    }
}
