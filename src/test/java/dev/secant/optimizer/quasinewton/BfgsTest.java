package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;

class BfgsTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new Bfgs();
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
