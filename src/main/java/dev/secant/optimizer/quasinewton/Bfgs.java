package dev.secant.optimizer.quasinewton;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.Gram;
import dev.secant.optimizer.batch.OwnedArray;
import dev.secant.optimizer.batch.TensorBatchRun;
import dev.secant.optimizer.linesearch.LineSearch;
import dev.secant.optimizer.linesearch.LineSearchRun;
import java.util.Arrays;

/**
 * BFGS with the whole inverse Hessian, {@code [B, n, n]}, and a strong Wolfe line search (Nocedal and Wright, Numerical
 * Optimization, 2nd ed. 2006, algorithm 6.1; the first scaling by equation 6.20). For small n.
 */
public record Bfgs() implements Optimizer {

    private static final double CURVATURE = 0.9;
    private static final double LEAST_CURVATURE = 1e-9;

    @Override
    public String name() {
        return "BFGS";
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        return LineSearchRun.minimize(
                objective, start, stopRule, observer, LineSearch.strongWolfe(CURVATURE), InverseHessian::new);
    }

    /** The state of one batch. */
    private static final class InverseHessian implements LineSearchRun.Directions {

        private final TensorBatchRun run;
        private final OwnedArray inverse = new OwnedArray();

        /** Which items have learned nothing: their matrix is the unit matrix. */
        private boolean[] fresh;

        InverseHessian(TensorBatchRun run) {
            this.run = run;
            this.fresh = new boolean[run.size()];
            Arrays.fill(fresh, true);
        }

        @Override
        public LineSearchRun.Descent next() {
            NDArray gradient = run.current().gradient();
            NDArray direction =
                    inverse.isEmpty() ? gradient.neg() : times(gradient).neg();
            double[] trials = new double[run.size()];
            for (int row = 0; row < trials.length; row++) {
                trials[row] = fresh[row] ? Double.NaN : 1;
            }
            return new LineSearchRun.Descent(
                    direction, Gram.of(direction, gradient).column(0, 1), trials);
        }

        @Override
        public void learn(BatchEvaluation next) {
            NDArray step = next.step();
            NDArray change = next.gradient().sub(run.current().gradient());
            Gram pair = Gram.of(step, change);
            rescaleFresh(pair);
            NDArray mapped = times(change);
            Gram products = Gram.of(change, mapped);
            double[] weights = new double[run.size() * 4];
            for (int row = 0; row < run.size(); row++) {
                double curvature = pair.get(row, 0, 1);
                if (curvesUp(pair, row)) {
                    weights[4 * row] = (1 + products.get(row, 0, 1) / curvature) / curvature;
                    weights[4 * row + 1] = -1 / curvature;
                    weights[4 * row + 2] = -1 / curvature;
                    fresh[row] = false;
                }
            }
            NDArray basis = NDArrays.stack(new NDList(step, mapped), 1); // [A, 2, n]
            NDArray core = run.array(weights, run.size(), 2, 2);
            NDArray update = basis.swapAxes(1, 2).batchMatMul(core.batchMatMul(basis)); // [A, n, n]
            inverse.set(inverse.get().add(update));
        }

        /** Gives items without a matrix {@code gamma I}. */
        private void rescaleFresh(Gram pair) {
            int size = run.size();
            double[] kept = new double[size];
            double[] gamma = new double[size];
            boolean any = false;
            for (int row = 0; row < size; row++) {
                kept[row] = fresh[row] ? 0 : 1;
                boolean scaled = fresh[row] && curvesUp(pair, row);
                gamma[row] = scaled ? pair.get(row, 0, 1) / pair.get(row, 1, 1) : 1 - kept[row];
                any |= fresh[row];
            }
            if (any) {
                long n = run.current().x().getShape().get(1);
                NDArray unit =
                        run.manager().eye((int) n).toType(run.current().x().getDataType(), false);
                NDArray scaledUnit = run.array(gamma, size, 1, 1).mul(unit);
                inverse.set(
                        inverse.isEmpty()
                                ? scaledUnit
                                : inverse.get().mul(run.array(kept, size, 1, 1)).add(scaledUnit));
            }
        }

        private static boolean curvesUp(Gram pair, int row) {
            return pair.get(row, 0, 1) > LEAST_CURVATURE * Math.sqrt(pair.get(row, 0, 0) * pair.get(row, 1, 1));
        }

        private NDArray times(NDArray vector) {
            return inverse.get().batchMatMul(vector.expandDims(2)).squeeze(2);
        }

        @Override
        public void forget(int row) {
            fresh[row] = true;
        }

        @Override
        public void keep(RowSelection rows) {
            inverse.keep(rows);
            boolean[] kept = new boolean[rows.size()];
            for (int k = 0; k < kept.length; k++) {
                kept[k] = fresh[rows.indices()[k]];
            }
            fresh = kept;
        }

        @Override
        public void close() {
            inverse.close();
        }
    }
}
