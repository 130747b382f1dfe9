package dev.secant.optimizer.quasinewton;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.ArrayBatchRun;
import dev.secant.optimizer.batch.AskTellMethod;
import dev.secant.optimizer.batch.TensorBatchRun;
import dev.secant.optimizer.linesearch.LineSearch;
import dev.secant.optimizer.linesearch.LineSearchMethod;
import dev.secant.optimizer.linesearch.LineSearchRun;
import dev.secant.optimizer.linesearch.WolfeSearch;

/**
 * Limited-memory BFGS with a strong Wolfe line search (Liu and Nocedal, Math. Programming 45, 1989; Nocedal and Wright,
 * Numerical Optimization, 2nd ed. 2006, algorithms 7.4 and 7.5).
 *
 * <p>The two-loop recursion runs on coefficients (see {@link LbfgsTensors}). The inverse Hessian starts from {@code gamma
 * I}, {@code gamma = s'y / y'y} of the newest pair.
 *
 * @param memory how many pairs are kept, m
 */
public record Lbfgs(int memory) implements Optimizer {

    /** c2: how much flatter the end of a step must be than its beginning. */
    private static final double CURVATURE = 0.9;

    /** Pairs with {@code s'y} below this times {@code ||s|| ||y||} are not stored. */
    private static final double LEAST_CURVATURE = 1e-9;

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
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        return ArrayBatchRun.suits(start)
                ? ArrayBatchRun.minimize(objective, start, stopRule, observer, this::item)
                : minimizeOnTensors(objective, start, stopRule, observer);
    }

    private AskTellMethod item(int item, double epsilon) {
        return new LineSearchMethod(
                new LbfgsArrays(memory),
                (value, slope, firstTrial, tolerance) ->
                        new WolfeSearch(value, slope, firstTrial, tolerance, CURVATURE),
                epsilon);
    }

    /** The same on the engine's device, for large batches. */
    public Optimum minimizeOnTensors(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        return LineSearchRun.minimize(
                objective,
                start,
                stopRule,
                observer,
                LineSearch.strongWolfe(CURVATURE),
                run -> new TwoLoop(run, memory));
    }

    private static boolean curvesUp(LbfgsTensors.Item item, int slot) {
        double curvature = item.stepChange(slot, slot);
        double bound = Math.sqrt(item.stepStep(slot, slot) * item.changeChange(slot, slot));
        return curvature > LEAST_CURVATURE * bound;
    }

    /** The state of one batch. */
    private static final class TwoLoop implements LineSearchRun.Directions {

        private final TensorBatchRun run;
        private final int memory;
        private final LbfgsTensors pairs;

        TwoLoop(TensorBatchRun run, int memory) {
            this.run = run;
            this.memory = memory;
            this.pairs = new LbfgsTensors(run, memory);
        }

        @Override
        public LineSearchRun.Descent next() {
            int size = run.size();
            double[] slopes = new double[size];
            double[] trials = new double[size];
            double[] gradientFactors = new double[size];
            double[] coefficients = new double[size * 2 * memory];
            for (int row = 0; row < size; row++) {
                LbfgsTensors.Item item = pairs.item(row);
                double[] c = new double[2 * memory];
                double factor = recursion(item, c);
                double slope = factor
                        * run.current().gradientNorms()[row]
                        * run.current().gradientNorms()[row];
                for (int i : item.order()) {
                    slope += c[i] * item.stepGradient(i) + c[memory + i] * item.changeGradient(i);
                }
                slopes[row] = slope;
                trials[row] = item.order().length == 0 ? Double.NaN : 1;
                gradientFactors[row] = factor;
                System.arraycopy(c, 0, coefficients, row * 2 * memory, 2 * memory);
            }
            NDArray direction = pairs.combine(run.current().gradient(), gradientFactors, coefficients);
            return new LineSearchRun.Descent(direction, slopes, trials);
        }

        /**
         * {@code -H g} in coefficients.
         *
         * @param c set to the coefficients of the steps and changes
         * @return the coefficient of the gradient
         */
        private double recursion(LbfgsTensors.Item item, double[] c) {
            int[] newestFirst = item.order();
            if (newestFirst.length == 0) {
                return -1;
            }
            double[] alpha = new double[memory];
            for (int a = 0; a < newestFirst.length; a++) {
                int i = newestFirst[a];
                double product = item.stepGradient(i);
                for (int b = 0; b < a; b++) {
                    int j = newestFirst[b];
                    product -= alpha[j] * item.stepChange(i, j);
                }
                alpha[i] = product / item.stepChange(i, i);
            }
            int newest = newestFirst[0];
            double gamma = item.stepChange(newest, newest) / item.changeChange(newest, newest);
            double[] s = new double[memory];
            for (int a = newestFirst.length - 1; a >= 0; a--) {
                int i = newestFirst[a];
                double product = item.changeGradient(i);
                for (int j : newestFirst) {
                    product -= alpha[j] * item.changeChange(i, j);
                }
                product *= gamma;
                for (int b = newestFirst.length - 1; b > a; b--) {
                    int j = newestFirst[b];
                    product += s[j] * item.stepChange(j, i);
                }
                s[i] = alpha[i] - product / item.stepChange(i, i);
            }
            for (int i : newestFirst) {
                c[i] = -s[i];
                c[memory + i] = gamma * alpha[i];
            }
            return -gamma;
        }

        @Override
        public void learn(BatchEvaluation next) {
            pairs.push(next, Lbfgs::curvesUp);
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
