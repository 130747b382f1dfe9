package dev.secant.optimizer.newton;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.Held;
import dev.secant.optimizer.batch.VectorSpace;
import dev.secant.optimizer.linesearch.Directions;
import dev.secant.optimizer.linesearch.LineSearchMethod;
import dev.secant.optimizer.linesearch.WolfeSearch;
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
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        return LineSearchMethod.minimize(
                objective,
                start,
                execution,
                stopRule,
                observer,
                WolfeSearch.factory(CURVATURE),
                run -> new Conjugate(run, formula));
    }

    /** The state of one batch. */
    private static final class Conjugate implements Directions {

        private static final double LOWER_BOUND = 0.4;

        /** The vectors whose products are measured: the next gradient, its change, and the step. */
        private static final int GRADIENT = 0;

        private static final int CHANGE = 1;
        private static final int STEP = 2;
        private static final int VECTORS = 3;

        private final BatchRun run;
        private final Formula formula;
        private final Held direction;

        /** The slopes along the coming directions, and their lengths. */
        private double[] slopes;

        private double[] lengths;
        private double[] trials;

        Conjugate(BatchRun run, Formula formula) {
            this.run = run;
            this.formula = formula;
            this.direction = run.space().hold();
            this.slopes = new double[run.size()];
            this.lengths = run.current().gradientNorms().clone();
            this.trials = new double[run.size()];
            for (int row = 0; row < slopes.length; row++) {
                slopes[row] = -lengths[row] * lengths[row];
            }
            Arrays.fill(trials, Double.NaN);
        }

        @Override
        public Descent next() {
            Block towards =
                    direction.isEmpty() ? run.space().scaled(-1, run.current().gradient()) : direction.get();
            return new Descent(towards, slopes.clone(), trials.clone());
        }

        @Override
        public void measure(BatchEvaluation next) {
            VectorSpace space = run.space();
            Block before = space.gather(run.current().gradient(), next.rows());
            Block change = space.sum(1, next.gradient(), -1, before);
            next.measure(space.products(next.gradient(), change, next.step()).numbers());
        }

        @Override
        public void learn(BatchEvaluation next) {
            int size = run.size();
            double[] factors = new double[size];
            double[] minus = new double[size];
            Arrays.fill(minus, -1);
            for (int row = 0; row < size; row++) {
                double[] gram = next.measured(row);
                double length = next.stepLengths()[row];
                double factor = length > 0 ? factor(gram, row) : 0;
                factors[row] = Double.isFinite(factor) ? factor : 0;
                double squared = at(gram, GRADIENT, GRADIENT);
                double formerSlope = slopes[row];
                double formerLength = lengths[row];
                slopes[row] = -squared + factors[row] * at(gram, GRADIENT, STEP);
                lengths[row] = Math.sqrt(squared
                        - 2 * factors[row] * at(gram, GRADIENT, STEP)
                        + factors[row] * factors[row] * at(gram, STEP, STEP));
                // The first-order change is to be that of the last step (Nocedal and Wright, section 3.5).
                trials[row] = length / formerLength * formerSlope / slopes[row];
            }
            direction.set(run.space().sum(factors, next.step(), minus, next.gradient()));
        }

        private static double at(double[] gram, int i, int j) {
            return gram[i * VECTORS + j];
        }

        /** Beta of the last step in place of the last direction: it is the same direction, of another length. */
        private double factor(double[] gram, int row) {
            if (formula == Formula.POLAK_RIBIERE_PLUS) {
                double former = run.current().gradientNorms()[row];
                double beta = Math.max(0, at(gram, GRADIENT, CHANGE) / (former * former));
                return beta * lengths[row] / Math.sqrt(at(gram, STEP, STEP));
            }
            double curvature = at(gram, CHANGE, STEP);
            double formerSlope = at(gram, GRADIENT, STEP) - curvature;
            double beta =
                    (at(gram, GRADIENT, CHANGE) - 2 * at(gram, GRADIENT, STEP) * at(gram, CHANGE, CHANGE) / curvature)
                            / curvature;
            return Math.max(beta, LOWER_BOUND * formerSlope / at(gram, STEP, STEP));
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
