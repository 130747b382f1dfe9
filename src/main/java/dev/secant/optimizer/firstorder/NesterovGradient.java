package dev.secant.optimizer.firstorder;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.FirstOrderRun;
import dev.secant.optimizer.batch.OwnedArray;
import dev.secant.optimizer.batch.TensorBatchRun;

/**
 * Nesterov's accelerated gradient with a fixed rate and momentum, written in the points where the gradient is taken
 * (Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in deep learning, ICML 2013):
 * {@code v <- momentum v - rate g; x <- x + momentum v - rate g}.
 *
 * @param learningRate the rate, positive
 * @param momentum in [0, 1)
 */
public record NesterovGradient(double learningRate, double momentum) implements Optimizer {

    public NesterovGradient {
        FirstOrderRun.requirePositive("learningRate", learningRate);
        FirstOrderRun.requireFraction("momentum", momentum);
    }

    /** With the momentum 0.9. */
    public NesterovGradient(double learningRate) {
        this(learningRate, 0.9);
    }

    @Override
    public String name() {
        return "Nesterov's gradient";
    }

    @Override
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        return FirstOrderRun.minimize(objective, start, stopRule, observer, Accelerated::new);
    }

    private final class Accelerated implements FirstOrderRun.Update {

        private final TensorBatchRun run;
        private final OwnedArray velocity = new OwnedArray();

        Accelerated(TensorBatchRun run) {
            this.run = run;
        }

        @Override
        public NDArray displacement() {
            NDArray fall = mul(run.current().gradient(), -learningRate);
            NDArray next =
                    velocity.isEmpty() ? fall : mul(velocity.get(), momentum).add(fall);
            NDArray displacement = mul(next, momentum).add(fall);
            velocity.set(next);
            return displacement;
        }

        @Override
        public void keep(RowSelection rows) {
            velocity.keep(rows);
        }

        @Override
        public void close() {
            velocity.close();
        }
    }
}
