package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;

class Sr1Test extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new Sr1();
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
