package dev.secant.optimizer.quasinewton;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;

/** L-BFGS as it runs on a GPU and on large batches. */
class LbfgsOnTensorsTest extends LbfgsTest {

    @Override
    protected Optimizer optimizer() {
        Lbfgs lbfgs = new Lbfgs();
        return new Optimizer() {
            @Override
            public String name() {
                return lbfgs.name();
            }

            @Override
            public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
                return lbfgs.minimizeOnTensors(objective, start, stopRule, observer);
            }
        };
    }
}
