package dev.secant.optimizer.amortized;

import dev.secant.linalg.Cholesky;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import java.util.Collections;

/** The contract with an ignorant start: the identity for every item. */
class AmortizedSr1ContractTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new FromIdentity();
    }

    /** Knows nothing of a problem but its size. */
    private record FromIdentity() implements Optimizer {

        @Override
        public String name() {
            return AmortizedSr1.NAME;
        }

        @Override
        public Optimum minimize(
                Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
            double[][] identity = new double[objective.dimension()][objective.dimension()];
            for (int i = 0; i < identity.length; i++) {
                identity[i][i] = 1;
            }
            return new AmortizedSr1(
                            Collections.nCopies(
                                    start.size(), Cholesky.of(identity, 0).orElseThrow()),
                            10)
                    .minimize(objective, start, execution, stopRule, observer);
        }
    }
}
