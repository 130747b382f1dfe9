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
import dev.secant.optimizer.batch.VectorSpace;
import java.util.SplittableRandom;

/**
 * AdaHessian: Adam's update with the Hessian's diagonal in place of the gradient's square (Yao, Gholami, Shen, Mustafa,
 * Keutzer and Mahoney, AAAI 2021, algorithm 1, without spatial averaging, Hessian power 1).
 *
 * <p>The diagonal is Hutchinson's estimate {@code z * (H z)} with one vector z of random signs a step. All items of a step
 * share it, so that an item's numbers do not depend on its place in the batch. A step costs three evaluations: one for
 * value and gradient, two for the product.
 *
 * @param learningRate the rate, positive
 * @param firstDecay beta 1
 * @param secondDecay beta 2
 * @param epsilon added to the root of the second moment
 * @param seed of the random signs
 */
public record AdaHessian(double learningRate, double firstDecay, double secondDecay, double epsilon, long seed)
        implements Optimizer {

    public AdaHessian {
        Settings.requirePositive("learningRate", learningRate);
        Settings.requireFraction("firstDecay", firstDecay);
        Settings.requireFraction("secondDecay", secondDecay);
        Settings.requirePositive("epsilon", epsilon);
    }

    /** With the decays 0.9 and 0.999 and the epsilon 1e-4 of the authors' code, and the seed 1. */
    public AdaHessian(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-4, 1);
    }

    @Override
    public String name() {
        return "AdaHessian";
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        return StepLoop.minimize(objective, start, execution, stopRule, observer, Curved::new);
    }

    private final class Curved implements StepLoop.StepMethod {

        private final BatchRun run;
        private final Moments moments;
        private final SplittableRandom random = new SplittableRandom(seed);

        Curved(BatchRun run) {
            this.run = run;
            this.moments = new Moments(run.space(), firstDecay, secondDecay);
        }

        @Override
        public int evaluations() {
            return 1 + Objective.PRODUCT_EVALUATIONS;
        }

        @Override
        public Block displacement() {
            VectorSpace space = run.space();
            double[] signs = new double[space.dimension()];
            for (int j = 0; j < signs.length; j++) {
                signs[j] = random.nextBoolean() ? 1 : -1;
            }
            Block z = space.repeated(signs, run.size());
            Block diagonal = space.times(run.hessianVectorProduct(run.all(), z), z);
            return moments.displacement(run.current().gradient(), diagonal, learningRate, epsilon);
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
