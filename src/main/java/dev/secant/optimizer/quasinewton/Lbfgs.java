package dev.secant.optimizer.quasinewton;

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
import dev.secant.optimizer.linesearch.Directions;
import dev.secant.optimizer.linesearch.LineSearchMethod;
import dev.secant.optimizer.linesearch.WolfeSearch;

/**
 * Limited-memory BFGS with a strong Wolfe line search (Liu and Nocedal, Math. Programming 45, 1989; Nocedal and Wright,
 * Numerical Optimization, 2nd ed. 2006, algorithms 7.4 and 7.5).
 *
 * <p>The inverse Hessian ({@link SecantPairs}) starts from {@code gamma I}, {@code gamma = s'y / y'y} of the newest pair. The first trial of
 * a step is the whole direction. A step costs {@code O(m n)}. Defaults: c1 = 1e-4, c2 = 0.9, ten pairs.
 *
 * @param memory how many pairs are kept, m
 */
public record Lbfgs(int memory) implements Optimizer {

    /** c2: how much flatter the end of a step must be than its beginning; the value of Nocedal and Wright, section 3.1. */
    private static final double CURVATURE = 0.9;

    public Lbfgs {
        if (memory < 1) {
            throw new IllegalArgumentException("The memory (%d) must be positive.".formatted(memory));
        }
    }

    /** With a memory of ten pairs. */
    public Lbfgs() {
        this(10);
    }

    /** The same method with another memory. */
    public Lbfgs withMemory(int pairs) {
        return new Lbfgs(pairs);
    }

    @Override
    public String name() {
        return "L-BFGS";
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
                run -> new LimitedMemory(run, memory));
    }

    /** The state of one batch. */
    private static final class LimitedMemory implements Directions {

        private final BatchRun run;
        private final SecantPairs pairs;

        LimitedMemory(BatchRun run, int memory) {
            this.run = run;
            this.pairs = new SecantPairs(run, memory);
        }

        @Override
        public Descent next() {
            double[] slopes = new double[run.size()];
            double[] trials = new double[run.size()];
            Block direction = pairs.descent(slopes);
            for (int row = 0; row < trials.length; row++) {
                trials[row] = pairs.isEmpty(row) ? Double.NaN : 1;
            }
            return new Descent(direction, slopes, trials);
        }

        @Override
        public void measure(BatchEvaluation trials) {
            pairs.measure(trials);
        }

        @Override
        public void learn(BatchEvaluation next) {
            pairs.learn(next);
        }

        @Override
        public void forget(int row) {
            pairs.forget(row);
        }

        @Override
        public void keep(RowSelection rows) {
            pairs.keep(rows);
        }

        @Override
        public void close() {
            pairs.close();
        }
    }
}
