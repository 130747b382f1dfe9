package dev.secant.optimizer.firstorder;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Settings;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.Held;
import dev.secant.optimizer.batch.StepLoop;
import dev.secant.optimizer.batch.VectorSpace;

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
        Settings.requirePositive("learningRate", learningRate);
        Settings.requireFraction("momentum", momentum);
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
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        return StepLoop.minimize(objective, start, execution, stopRule, observer, Accelerated::new);
    }

    private final class Accelerated implements StepLoop.StepMethod {

        private final BatchRun run;
        private final Held velocity;

        Accelerated(BatchRun run) {
            this.run = run;
            this.velocity = run.space().hold();
        }

        @Override
        public Block displacement() {
            VectorSpace space = run.space();
            Block fall = space.scaled(-learningRate, run.current().gradient());
            Block next = velocity.isEmpty() ? fall : space.sum(momentum, velocity.get(), 1, fall);
            Block displacement = space.sum(momentum, next, 1, fall);
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
