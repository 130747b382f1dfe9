package dev.secant.optimizer.firstorder;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.FirstOrderRun;
import dev.secant.optimizer.batch.TensorBatchRun;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1).
 *
 * @param learningRate the rate, positive
 * @param firstDecay beta 1
 * @param secondDecay beta 2
 * @param epsilon added to the root of the second moment
 */
public record Adam(double learningRate, double firstDecay, double secondDecay, double epsilon) implements Optimizer {

    public Adam {
        FirstOrderRun.requirePositive("learningRate", learningRate);
        FirstOrderRun.requireFraction("firstDecay", firstDecay);
        FirstOrderRun.requireFraction("secondDecay", secondDecay);
        FirstOrderRun.requirePositive("epsilon", epsilon);
    }

    /** With the decays 0.9 and 0.999 and the epsilon 1e-8 of the paper. */
    public Adam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    public String name() {
        return "Adam";
    }

    @Override
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        return FirstOrderRun.minimize(objective, start, stopRule, observer, Adaptive::new);
    }

    private final class Adaptive implements FirstOrderRun.Update {

        private final TensorBatchRun run;
        private final Moments moments = new Moments(firstDecay, secondDecay);

        Adaptive(TensorBatchRun run) {
            this.run = run;
        }

        @Override
        public NDArray displacement() {
            NDArray gradient = run.current().gradient();
            return moments.displacement(gradient, gradient, learningRate, epsilon);
        }

        @Override
        public void keep(RowSelection rows) {
            moments.keep(rows);
        }

        @Override
        public void close() {
            moments.close();
        }
    }
}
