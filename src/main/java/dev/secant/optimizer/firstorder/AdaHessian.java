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
        FirstOrderRun.requirePositive("learningRate", learningRate);
        FirstOrderRun.requireFraction("firstDecay", firstDecay);
        FirstOrderRun.requireFraction("secondDecay", secondDecay);
        FirstOrderRun.requirePositive("epsilon", epsilon);
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
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        return FirstOrderRun.minimize(objective, start, stopRule, observer, Curved::new);
    }

    private final class Curved implements FirstOrderRun.Update {

        private final TensorBatchRun run;
        private final Moments moments = new Moments(firstDecay, secondDecay);
        private final SplittableRandom random = new SplittableRandom(seed);

        Curved(TensorBatchRun run) {
            this.run = run;
        }

        @Override
        public int evaluations() {
            return 1 + Objective.PRODUCT_EVALUATIONS;
        }

        @Override
        public NDArray displacement() {
            NDArray x = run.current().x();
            double[] signs = new double[(int) x.getShape().get(1)];
            for (int j = 0; j < signs.length; j++) {
                signs[j] = random.nextBoolean() ? 1 : -1;
            }
            NDArray z = run.array(signs, 1, signs.length).broadcast(x.getShape());
            NDArray diagonal =
                    run.hessianVectorProduct(RowSelection.all(run.size()), z).mul(z);
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
