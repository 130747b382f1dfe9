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
import dev.secant.optimizer.batch.StepLoop;

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
        Settings.requirePositive("learningRate", learningRate);
        Settings.requireFraction("firstDecay", firstDecay);
        Settings.requireFraction("secondDecay", secondDecay);
        Settings.requirePositive("epsilon", epsilon);
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
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        return StepLoop.minimize(objective, start, execution, stopRule, observer, Adaptive::new);
    }

    private final class Adaptive implements StepLoop.StepMethod {

        private final BatchRun run;
        private final Moments moments;

        Adaptive(BatchRun run) {
            this.run = run;
            this.moments = new Moments(run.space(), firstDecay, secondDecay);
        }

        @Override
        public Block displacement() {
            Block gradient = run.current().gradient();
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
