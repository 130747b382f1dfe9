package dev.secant.optimizer.secant;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;

class SecantQuasiNewtonContractTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new SecantQuasiNewton();
    }

    @Override
    protected int rosenbrockSteps() {
        return 80;
    }

    @Override
    protected double rosenbrockTarget() {
        return 1e-16;
    }

    @Override
    protected double quadraticTarget() {
        return 1e-16;
    }
}
