package dev.secant.optimizer.newton;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;

class PolakRibiereTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new NonlinearConjugateGradient(NonlinearConjugateGradient.Formula.POLAK_RIBIERE_PLUS);
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
