package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.CurvatureCondition;
import dev.secant.optimizer.linesearch.Directions;
import dev.secant.optimizer.linesearch.LineSearchMethod;
import dev.secant.optimizer.linesearch.WolfeSearch;
import java.util.Arrays;

/**
 * BFGS with the whole inverse Hessian, {@code [B, n, n]}, and a strong Wolfe line search (Nocedal and Wright, Numerical
 * Optimization, 2nd ed. 2006, algorithm 6.1; the first scaling by equation 6.20). For small n: a step costs {@code O(n^2)}.
 */
public record Bfgs() implements Optimizer {

    /** c2; the value of Nocedal and Wright, section 3.1. */
    private static final double CURVATURE = 0.9;

    @Override
    public String name() {
        return "BFGS";
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        return LineSearchMethod.minimize(
                objective,
                start,
                execution,
                stopRule,
                observer,
                WolfeSearch.factory(CURVATURE),
                run -> new WholeMatrix(
                        run,
                        run.space().storage() == Storage.ARRAYS
                                ? new InverseHessiansOnArrays(run)
                                : new InverseHessiansOnTensors(run)));
    }

    /** The inverse Hessians B of a batch on one storage; symmetric, and the identity at first. */
    interface InverseHessians extends AutoCloseable {

        /** Asks for what {@link #products} and {@link #update} will need of trials. */
        void measure(BatchEvaluation trials);

        /** Computes {@code s's, s'y, y'y, y'B y, s'g, y'B g, g'B g}, with g the next gradient, of each item's step. */
        double[][] products(BatchEvaluation next);

        /**
         * {@code B <- scale B + ss s s' + sBy (s (By)' + (By) s')}, with B y as it was measured.
         *
         * @param factors for each item scale, ss and sBy
         */
        void update(BatchEvaluation next, double[][] factors);

        /** {@code -B g} at the current points. */
        Block descent();

        /** The matrix of an item becomes the identity. */
        void reset(int row);

        void keep(RowSelection rows);

        @Override
        void close();
    }

    /** The state of one batch. */
    private static final class WholeMatrix implements Directions {

        private final BatchRun run;
        private final InverseHessians matrices;
        /** Which items have learned nothing: their matrix is the unit matrix. */
        private boolean[] fresh;

        private double[] slopes;

        WholeMatrix(BatchRun run, InverseHessians matrices) {
            this.run = run;
            this.matrices = matrices;
            this.fresh = new boolean[run.size()];
            this.slopes = new double[run.size()];
            Arrays.fill(fresh, true);
            for (int row = 0; row < slopes.length; row++) {
                double norm = run.current().gradientNorms()[row];
                slopes[row] = -norm * norm;
            }
        }

        @Override
        public Descent next() {
            double[] trials = new double[run.size()];
            for (int row = 0; row < trials.length; row++) {
                trials[row] = fresh[row] ? Double.NaN : 1;
            }
            return new Descent(matrices.descent(), slopes, trials);
        }

        @Override
        public void measure(BatchEvaluation trials) {
            matrices.measure(trials);
        }

        @Override
        public void learn(BatchEvaluation next) {
            double[][] products = matrices.products(next);
            double[][] factors = new double[products.length][];
            for (int row = 0; row < factors.length; row++) {
                factors[row] = factors(row, products[row]);
            }
            matrices.update(next, factors);
        }

        /** Nocedal and Wright, equation 6.17, written in {@code B y}; the slope of the direction that follows. */
        private double[] factors(int row, double[] p) {
            double curvature = p[1];
            if (!CurvatureCondition.accepts(curvature, Math.sqrt(p[0]), Math.sqrt(p[2]))) {
                slopes[row] = -p[6];
                return new double[] {1, 0, 0};
            }
            double scale = fresh[row] ? curvature / p[2] : 1;
            double steps = (1 + scale * p[3] / curvature) / curvature;
            double mixed = -scale / curvature;
            slopes[row] = -(scale * p[6] + steps * p[4] * p[4] + 2 * mixed * p[4] * p[5]);
            fresh[row] = false;
            return new double[] {scale, steps, mixed};
        }

        @Override
        public void forget(int row) {
            fresh[row] = true;
            matrices.reset(row);
        }

        @Override
        public void keep(RowSelection rows) {
            matrices.keep(rows);
            fresh = rows.of(fresh);
            slopes = rows.of(slopes);
        }

        @Override
        public void close() {
            matrices.close();
        }
    }
}
