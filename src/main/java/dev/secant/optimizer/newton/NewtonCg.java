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
import dev.secant.optimizer.linesearch.Directions;
import dev.secant.optimizer.linesearch.LineSearchMethod;
import dev.secant.optimizer.linesearch.WolfeSearch;

/**
 * Newton's method with truncated conjugate gradients and a line search (Nocedal and Wright, Numerical Optimization, 2nd
 * ed. 2006, algorithm 7.1): the Hessian enters by its products with vectors only. Inner iterations end with a step along the first direction of
 * negative curvature, or when the residual is {@code min(0.1, ||g|| / ||g_0||) ||g||}.
 *
 * @param maxInnerIterations inner iterations a step at most; each costs two evaluations
 */
public record NewtonCg(int maxInnerIterations) implements Optimizer {

    private static final double CURVATURE = 0.9;

    public NewtonCg {
        if (maxInnerIterations < 1) {
            throw new IllegalArgumentException(
                    "The maxInnerIterations (%d) must be positive.".formatted(maxInnerIterations));
        }
    }

    /** With at most 100 inner iterations, and no more than twice the dimension. */
    public NewtonCg() {
        this(100);
    }

    @Override
    public String name() {
        return "Newton-CG";
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        int iterations = (int) Math.min(maxInnerIterations, 2L * objective.dimension());
        return LineSearchMethod.minimize(
                objective,
                start,
                execution,
                stopRule,
                observer,
                WolfeSearch.factory(CURVATURE),
                run -> new Truncated(run, iterations));
    }

    /** The state of one batch: nothing but the gradient norms at the start. */
    private static final class Truncated implements Directions {

        private final BatchRun run;
        private final int iterations;
        private double[] firstNorms;

        Truncated(BatchRun run, int iterations) {
            this.run = run;
            this.iterations = iterations;
            this.firstNorms = run.current().gradientNorms().clone();
        }

        @Override
        public Descent next() {
            double[] targets = new double[run.size()];
            for (int row = 0; row < targets.length; row++) {
                double norm = run.current().gradientNorms()[row];
                targets[row] = Math.min(0.1, norm / firstNorms[row]) * norm;
            }
            TruncatedNewton.Solution solution = TruncatedNewton.solve(run, targets, iterations);
            double[] trials = new double[run.size()];
            for (int row = 0; row < trials.length; row++) {
                trials[row] = solution.curved()[row] ? 1 : Double.NaN;
            }
            return new Descent(solution.direction(), solution.slopes(), trials);
        }

        @Override
        public void learn(BatchEvaluation next) {}

        @Override
        public void forget(int row) {}

        @Override
        public void keep(RowSelection rows) {
            firstNorms = rows.of(firstNorms);
        }

        @Override
        public void close() {}
    }
}
