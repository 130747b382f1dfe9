package dev.secant.optimizer.newton;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.BatchEvaluation;
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
 * Nonlinear conjugate gradients with a strong Wolfe line search (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006,
 * section 5.2). An item starts over with steepest descent where the direction does not descend.
 *
 * @param formula how the former direction enters
 */
public record NonlinearConjugateGradient(Formula formula) implements Optimizer {

    private static final double CURVATURE = 0.1;

    /** Formulas for the factor beta of the former direction. */
    public enum Formula {
        /** Polak, Ribière and Polyak, not below zero: {@code max(0, g_k' y / g_(k-1)' g_(k-1))}. */
        POLAK_RIBIERE_PLUS,
        /**
         * Hager and Zhang: {@code (y - 2 d y'y / d'y)' g / d'y}, bounded below as in CG_DESCENT 6 (The limited memory
         * conjugate gradient method, SIAM J. Optim. 23, 2013, equation 2.5).
         */
        HAGER_ZHANG
    }

    /** With the formula of Hager and Zhang. */
    public NonlinearConjugateGradient() {
        this(Formula.HAGER_ZHANG);
    }

    @Override
    public String name() {
        return "Conjugate gradients";
    }

    @Override
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        return LineSearchRun.minimize(
                objective,
                start,
                stopRule,
                observer,
                LineSearch.strongWolfe(CURVATURE),
                run -> new Conjugate(run, formula));
    }

    /** The state of one batch. */
    private static final class Conjugate implements LineSearchRun.Directions {

        private static final double LOWER_BOUND = 0.4;

        private final TensorBatchRun run;
        private final Formula formula;
        private final OwnedArray direction = new OwnedArray();

        /** The slopes along the coming directions, and their lengths. */
        private double[] slopes;

        private double[] lengths;
        private double[] trials;

        Conjugate(TensorBatchRun run, Formula formula) {
            this.run = run;
            this.formula = formula;
            this.slopes = new double[run.size()];
            this.lengths = run.current().gradientNorms().clone();
            this.trials = new double[run.size()];
            for (int row = 0; row < slopes.length; row++) {
                slopes[row] = -lengths[row] * lengths[row];
            }
            Arrays.fill(trials, Double.NaN);
        }

        @Override
        public LineSearchRun.Descent next() {
            NDArray towards = direction.isEmpty() ? run.current().gradient().neg() : direction.get();
            return new LineSearchRun.Descent(towards, slopes, trials);
        }

        @Override
        public void learn(BatchEvaluation next) {
            NDArray change = next.gradient().sub(run.current().gradient());
            Gram gram = Gram.of(next.gradient(), change, next.step());
            int size = run.size();
            double[] factors = new double[size];
            for (int row = 0; row < size; row++) {
                double length = next.stepLengths()[row];
                double factor = length > 0 ? factor(gram, row) : 0;
                factors[row] = Double.isFinite(factor) ? factor : 0;
                double squared = gram.get(row, 0, 0);
                double formerSlope = slopes[row];
                double formerLength = lengths[row];
                slopes[row] = -squared + factors[row] * gram.get(row, 0, 2);
                lengths[row] = Math.sqrt(squared
                        - 2 * factors[row] * gram.get(row, 0, 2)
                        + factors[row] * factors[row] * gram.get(row, 2, 2));
                // The first-order change is to be that of the last step (Nocedal and Wright, section 3.5).
                trials[row] = length / formerLength * formerSlope / slopes[row];
            }
            direction.set(next.step().mul(run.column(factors)).sub(next.gradient()));
        }

        /** Beta of the last step in place of the last direction: it is the same direction, of another length. */
        private double factor(Gram gram, int row) {
            double stepLength = Math.sqrt(gram.get(row, 2, 2));
            if (formula == Formula.POLAK_RIBIERE_PLUS) {
                double former = run.current().gradientNorms()[row];
                double beta = Math.max(0, gram.get(row, 0, 1) / (former * former));
                return beta * lengths[row] / stepLength;
            }
            double curvature = gram.get(row, 1, 2);
            double formerSlope = gram.get(row, 0, 2) - curvature;
            double beta = (gram.get(row, 0, 1) - 2 * gram.get(row, 0, 2) * gram.get(row, 1, 1) / curvature) / curvature;
            return Math.max(beta, LOWER_BOUND * formerSlope / gram.get(row, 2, 2));
        }

        @Override
        public void forget(int row) {
            double norm = run.current().gradientNorms()[row];
            slopes[row] = -norm * norm;
            lengths[row] = norm;
        }

        @Override
        public void keep(RowSelection rows) {
            direction.keep(rows);
            slopes = rows.of(slopes);
            lengths = rows.of(lengths);
            trials = rows.of(trials);
        }

        @Override
        public void close() {
            direction.close();
        }
    }
}
