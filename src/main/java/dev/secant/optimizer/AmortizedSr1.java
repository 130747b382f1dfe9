package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * L-SR1 whose inverse Hessian starts from what a network predicts for each problem, not from a multiple of the identity.
 *
 * <p>The family of Lifshitz et al., "L-SR1: Learned Symmetric-Rank-One Preconditioning" (2026): a limited memory of rank-one terms
 * that preconditions the gradient. Here the network acts once a problem (amortised): it gives a diagonal and R rank-one terms,
 * meta-trained by unrolling; the corrections on the way are the symmetric-rank-one formula's own, so that the secant equation
 * holds. Safeguarded: a step that does not lower the value enough is shortened (Armijo), then replaced by steepest descent; both
 * are counted.
 *
 * @param diagonal positive, {@code [B, n]}, row b for item b
 * @param given {@code [B, R, n]}
 * @param memory L, how many corrections are kept
 */
public record AmortizedSr1(NDArray diagonal, NDArray given, int memory) implements Optimizer {

    /** The method's name. */
    public static final String NAME = "L-SR1 (amortised)";

    public AmortizedSr1 {
        if (memory < 1) {
            throw new IllegalArgumentException("The memory (%d) must be positive.".formatted(memory));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        if (diagonal.getShape().get(0) != start.getShape().get(0)) {
            throw new IllegalArgumentException("The start %s has other items than the predicted diagonal %s."
                    .formatted(start.getShape(), diagonal.getShape()));
        }
        return LineSearchRun.minimize(objective, start, stopRule, observer, LineSearch.armijo(), Method::new);
    }

    /** The state of one batch. */
    private final class Method implements LineSearchRun.Directions {

        private final BatchRun run;
        private final StateArray diagonals = new StateArray();
        private final StateArray givens = new StateArray();
        private final StateArray corrections = new StateArray();
        private final StateArray signs = new StateArray();
        private int pairs;

        Method(BatchRun run) {
            this.run = run;
            // Copies: what is held here is freed here. Items that stopped at the start have left already.
            int[] running = new int[run.size()];
            for (int row = 0; row < running.length; row++) {
                running[row] = run.item(row);
            }
            hold(RankOneInverseHessian.start(Rows.gather(diagonal, running), Rows.gather(given, running), memory));
        }

        private RankOneInverseHessian inverse() {
            return new RankOneInverseHessian(diagonals.get(), givens.get(), corrections.get(), signs.get(), pairs);
        }

        private void hold(RankOneInverseHessian inverse) {
            diagonals.set(inverse.diagonal());
            givens.set(inverse.given());
            corrections.set(inverse.corrections());
            signs.set(inverse.signs());
            pairs = inverse.pairs();
        }

        @Override
        public LineSearchRun.Descent next() {
            NDArray gradient = run.current().gradient();
            NDArray direction = inverse().times(gradient).neg();
            double[] slopes = Evaluation.doubles(gradient.mul(direction).sum(new int[] {1}));
            double[] trials = new double[run.size()];
            Arrays.fill(trials, 1);
            return new LineSearchRun.Descent(direction, slopes, trials);
        }

        @Override
        public void learn(Evaluation next) {
            NDArray change = next.gradient().sub(run.current().gradient());
            hold(inverse().learn(next.step(), change, run.current().gradient()));
        }

        @Override
        public void forget(int row) {
            // What was predicted stays; what was learned on the way goes.
            double[] factors = new double[run.size()];
            Arrays.fill(factors, 1);
            factors[row] = 0;
            NDArray column = run.column(factors).reshape(new Shape(run.size(), 1, 1));
            corrections.set(corrections.get().mul(column));
        }

        @Override
        public void keep(Rows rows) {
            diagonals.keep(rows);
            givens.keep(rows);
            corrections.keep(rows);
            signs.keep(rows);
        }

        @Override
        public void close() {
            diagonals.close();
            givens.close();
            corrections.close();
            signs.close();
        }
    }
}
