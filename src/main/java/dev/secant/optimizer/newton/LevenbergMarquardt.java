package dev.secant.optimizer.newton;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.ResidualObjective;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.FirstOrderRun;
import dev.secant.optimizer.batch.TensorBatchRun;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Levenberg and Marquardt's method for sums of squares: variables scaled by the largest column norms so far (Moré 1978), the
 * damping steered by the ratio of actual and predicted decrease (Nielsen, Damping parameter in Marquardt's method, 1999).
 *
 * <p>A trial costs one evaluation, and so does the Jacobian at the beginning of each step.
 *
 * @param firstDamping the damping to begin with, in units of the squared column norms
 */
public record LevenbergMarquardt(double firstDamping) implements Optimizer {

    private static final double ACCEPTED_RATIO = 1e-4;
    private static final int MAX_TRIALS = 40;
    private static final double ROUNDING_UNITS = 10;

    public LevenbergMarquardt {
        FirstOrderRun.requirePositive("firstDamping", firstDamping);
    }

    /** With a first damping of 1e-3. */
    public LevenbergMarquardt() {
        this(1e-3);
    }

    @Override
    public String name() {
        return "Levenberg-Marquardt";
    }

    /**
     * Minimizes sums of squares.
     *
     * @throws IllegalArgumentException if the objective is not a {@link ResidualObjective}
     */
    @Override
    @SuppressWarnings("try")
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        if (!(objective instanceof ResidualObjective)) {
            throw new IllegalArgumentException(
                    "Levenberg-Marquardt needs a sum of squares, not any objective.%nMaybe use L-BFGS.".formatted());
        }
        try (TensorBatchRun run = TensorBatchRun.begin(objective, start, stopRule, observer)) {
            Damped damped = new Damped(run, firstDamping);
            while (run.isActive()) {
                try (MemoryScope scope = MemoryScope.open()) {
                    damped.step();
                }
            }
            return run.finish();
        }
    }

    /** The state of one item. */
    private static final class Item {
        final double[] scale;
        double damping;
        double raise = 2;

        Item(int n, double damping) {
            this.scale = new double[n];
            this.damping = damping;
        }

        void accept(double ratio) {
            damping *= Math.max(1 / 3.0, 1 - Math.pow(2 * ratio - 1, 3));
            damping = Math.max(damping, 1e-20);
            raise = 2;
        }

        void reject() {
            damping *= raise;
            raise *= 2;
        }
    }

    /** The state of one batch. */
    private static final class Damped {

        private final TensorBatchRun run;
        private Item[] items;

        Damped(TensorBatchRun run, double firstDamping) {
            this.run = run;
            this.items = new Item[run.size()];
            int n = (int) run.current().x().getShape().get(1);
            for (int row = 0; row < items.length; row++) {
                items[row] = new Item(n, firstDamping);
            }
        }

        void step() {
            items = run.afford(2).of(items);
            if (!run.isActive()) {
                return;
            }
            DampedLeastSquares[] problems = linearize();
            int size = run.size();
            List<BatchEvaluation> parts = new ArrayList<>(List.of(run.current()));
            int[] places = RowSelection.all(size).indices().clone();
            RowSelection open = RowSelection.all(size);
            int placed = size;
            for (int trial = 0; trial < MAX_TRIALS && !open.isEmpty(); trial++) {
                double[] decreases = new double[open.size()];
                BatchEvaluation part = run.evaluate(open, steps(problems, open, decreases));
                parts.add(part);
                boolean[] taken = new boolean[open.size()];
                for (int k = 0; k < taken.length; k++) {
                    int row = open.indices()[k];
                    taken[k] = judge(row, part, k, decreases[k]);
                    places[row] = taken[k] ? placed + k : places[row];
                    if (!taken[k] && trial == 0) {
                        run.countSafeguard(row);
                    }
                }
                placed += open.size();
                boolean late = run.isLate();
                RowSelection tried = open;
                open = open.filter(k -> !taken[k] && !late && run.mayEvaluate(tried.indices()[k], 1));
            }
            for (int row = 0; row < size; row++) {
                if (places[row] < size) {
                    run.stall(row);
                }
            }
            items = run.accept(BatchEvaluation.choose(parts, places)).of(items);
        }

        private DampedLeastSquares[] linearize() {
            RowSelection all = RowSelection.all(run.size());
            run.charge(all, 1);
            ResidualObjective objective = (ResidualObjective) run.objective();
            ResidualObjective.Linearization at =
                    objective.linearize(run.current().x());
            double[] residuals = BatchEvaluation.doubles(at.residuals());
            double[] jacobian = BatchEvaluation.doubles(at.jacobian());
            int m = residuals.length / run.size();
            int n = items[0].scale.length;
            DampedLeastSquares[] problems = new DampedLeastSquares[run.size()];
            for (int row = 0; row < problems.length; row++) {
                double[] own = Arrays.copyOfRange(jacobian, row * m * n, (row + 1) * m * n);
                double[] norms = DampedLeastSquares.columnNorms(own, n);
                double[] scale = items[row].scale;
                for (int j = 0; j < n; j++) {
                    scale[j] = Math.max(scale[j], norms[j]);
                    scale[j] = scale[j] == 0 ? 1 : scale[j];
                }
                double[] ownResiduals = Arrays.copyOfRange(residuals, row * m, (row + 1) * m);
                problems[row] = new DampedLeastSquares(own, ownResiduals, scale);
            }
            return problems;
        }

        private NDArray steps(DampedLeastSquares[] problems, RowSelection open, double[] decreases) {
            int n = items[0].scale.length;
            double[] steps = new double[open.size() * n];
            for (int k = 0; k < decreases.length; k++) {
                int row = open.indices()[k];
                double[] p = problems[row].step(items[row].damping);
                decreases[k] = problems[row].decrease(p);
                System.arraycopy(p, 0, steps, k * n, n);
            }
            return run.array(steps, open.size(), n);
        }

        private boolean judge(int row, BatchEvaluation trial, int k, double predicted) {
            double value = run.current().values()[row];
            double tolerance = ROUNDING_UNITS * run.epsilon() * Math.abs(value);
            double decrease = value - trial.values()[k];
            boolean lostInRounding = Math.abs(decrease) <= tolerance && predicted <= tolerance;
            double ratio = lostInRounding ? 1 : decrease / predicted;
            if (trial.isFinite(k) && trial.stepLengths()[k] > 0 && ratio > ACCEPTED_RATIO) {
                items[row].accept(Math.min(ratio, 1));
                return true;
            }
            items[row].reject();
            return false;
        }
    }
}
