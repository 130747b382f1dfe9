package dev.secant.optimizer.newton;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.ResidualObjective;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Settings;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.TrialLoop;
import dev.secant.optimizer.batch.TrialMethod;
import dev.secant.tensor.MemoryScope;
import java.util.Arrays;

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

    public LevenbergMarquardt {
        Settings.requirePositive("firstDamping", firstDamping);
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
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        if (!(objective instanceof ResidualObjective)) {
            throw new IllegalArgumentException(
                    "Levenberg-Marquardt needs a sum of squares, not any objective.%nMaybe use L-BFGS.".formatted());
        }
        return TrialLoop.minimize(
                objective, start, execution, stopRule, observer, run -> new Damped(run, firstDamping));
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

    /** The state of one batch: linear algebra on the JVM, whatever the storage. */
    private static final class Damped implements TrialMethod {

        private final BatchRun run;
        private Item[] items;
        private DampedLeastSquares[] problems = {};
        private double[] predicted = {};
        private int[] trials = {};

        Damped(BatchRun run, double firstDamping) {
            this.run = run;
            this.items = new Item[run.size()];
            for (int row = 0; row < items.length; row++) {
                items[row] = new Item(run.space().dimension(), firstDamping);
            }
        }

        @Override
        public int evaluations() {
            return 2;
        }

        @Override
        @SuppressWarnings("try")
        public void begin() {
            int size = run.size();
            run.charge(run.all(), 1);
            predicted = new double[size];
            trials = new int[size];
            problems = new DampedLeastSquares[size];
            try (MemoryScope scope = MemoryScope.open()) {
                ResidualObjective objective = (ResidualObjective) run.objective();
                ResidualObjective.Linearization at =
                        objective.linearize(run.space().tensor(run.current().x()));
                double[][] numbers = run.space().numbers(at.residuals(), at.jacobian());
                for (int row = 0; row < size; row++) {
                    problems[row] = problem(row, numbers[0], numbers[1]);
                }
            }
        }

        private DampedLeastSquares problem(int row, double[] residuals, double[] jacobian) {
            int m = residuals.length / run.size();
            double[] scale = items[row].scale;
            int n = scale.length;
            double[] own = Arrays.copyOfRange(jacobian, row * m * n, (row + 1) * m * n);
            double[] norms = DampedLeastSquares.columnNorms(own, n);
            for (int j = 0; j < n; j++) {
                scale[j] = Math.max(scale[j], norms[j]);
                scale[j] = scale[j] == 0 ? 1 : scale[j];
            }
            return new DampedLeastSquares(own, Arrays.copyOfRange(residuals, row * m, (row + 1) * m), scale);
        }

        @Override
        public Proposal propose(RowSelection rows) {
            double[][] steps = new double[rows.size()][];
            for (int k = 0; k < steps.length; k++) {
                int row = rows.indices()[k];
                steps[k] = problems[row].step(items[row].damping);
                predicted[row] = problems[row].decrease(steps[k]);
                run.predict(row, predicted[row]);
            }
            return new Proposal(run.space().block(steps), null);
        }

        @Override
        public Verdict tell(int row, BatchEvaluation trial, int k) {
            double tolerance = run.tolerance(row);
            double decrease = run.current().values()[row] - trial.values()[k];
            boolean lostInRounding = Math.abs(decrease) <= tolerance && predicted[row] <= tolerance;
            double ratio = lostInRounding ? 1 : decrease / predicted[row];
            if (trial.isFinite(k) && trial.stepLengths()[k] > 0 && ratio > ACCEPTED_RATIO) {
                items[row].accept(Math.min(ratio, 1));
                return Verdict.ACCEPT;
            }
            items[row].reject();
            trials[row]++;
            return trials[row] == MAX_TRIALS ? Verdict.END : Verdict.TRY_AGAIN;
        }

        @Override
        public boolean wasSafeguarded(int row) {
            return trials[row] > 0;
        }

        @Override
        public void learn(BatchEvaluation next) {}

        @Override
        public void keep(RowSelection rows) {
            items = rows.of(items);
        }

        @Override
        public void close() {}
    }
}
