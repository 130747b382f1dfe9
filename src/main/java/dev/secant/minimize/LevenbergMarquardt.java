package dev.secant.minimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Levenberg and Marquardt's method for {@code f = sum(r^2)}: variables scaled by the largest norm of their column so far
 * (More, The Levenberg-Marquardt Algorithm: Implementation and Theory, LNM 630, 1978), damping after Nielsen
 * (IMM-REP-1999-05).
 *
 * <p>One item at a time. The Jacobian comes from one evaluation of m copies of the point; it counts as an evaluation, and
 * so do the residuals of each trial.
 */
final class LevenbergMarquardt {

    private static final double FIRST_DAMPING = 1e-3;
    /** A relative decrease that is rounding and not progress. */
    private static final double ROUNDING = 4 * Math.ulp(1.0);

    private static final double LEAST_DAMPING = 1e-15;
    private static final double LARGEST_DAMPING = 1e20;

    private final BatchObjective residuals;
    private final NDManager manager;
    private final StopRule rule;
    private final Observer observer;
    private final List<double[]> history = new ArrayList<>();
    private int evaluations;
    private double[] scale = {};

    /**
     * @param residuals of one item, {@code [1, n]} to {@code [1, m]}
     * @param manager makes the points
     * @param rule when to stop
     * @param observer sees the points, {@code [1, n]}
     */
    LevenbergMarquardt(BatchObjective residuals, NDManager manager, StopRule rule, Observer observer) {
        this.residuals = residuals;
        this.manager = manager;
        this.rule = rule;
        this.observer = observer;
    }

    Solved minimize(double[] start) {
        long deadline = rule.nanoClock().getAsLong() + rule.timeLimit().toNanos();
        scale = new double[start.length];
        Model model = model(start);
        record(model, 0);
        double damping = FIRST_DAMPING;
        double growth = 2;
        @Nullable Termination termination = model.isFinite() ? null : Termination.NON_FINITE;
        while (termination == null) {
            double[] move = DampedLeastSquares.solve(model.jacobian, model.residuals, damping(damping));
            double[] trial = difference(model.x, move);
            double length = move == null ? 0 : norm(move);
            double value = move == null ? Double.NaN : value(trial);
            if (move != null && value < model.value) {
                Model next = model(trial);
                double ratio = (model.value - value) / Math.max(model.predictedDecrease(move), Double.MIN_NORMAL);
                damping = Math.max(damping * Math.max(1.0 / 3, 1 - Math.pow(2 * ratio - 1, 3)), LEAST_DAMPING);
                growth = 2;
                termination = next.isFinite() ? null : Termination.NON_FINITE;
                if (termination == null) {
                    double decrease = model.value - next.value;
                    model = next;
                    record(model, length);
                    termination = afterStep(decrease, model);
                }
            } else {
                damping *= growth;
                growth *= 2;
                boolean hopeless = damping > LARGEST_DAMPING || length <= Math.ulp(1.0) * norm(model.x);
                termination = hopeless ? Termination.STALLED : null;
            }
            termination = termination == null ? budget(deadline) : termination;
        }
        return new Solved(model.x, outcome(model, termination), List.of(), List.of(), new double[0]);
    }

    private @Nullable Termination afterStep(double decrease, Model model) {
        if (model.gradientNorm <= rule.gradientTolerance() || model.value == 0) {
            return Termination.CONVERGED;
        }
        if (decrease <= ROUNDING * Math.abs(model.value)) {
            return Termination.STALLED;
        }
        double least = rule.relativeDecreaseTolerance() * Math.max(Math.abs(model.value), 1e-30);
        return decrease <= least && rule.relativeDecreaseTolerance() > 0 ? Termination.CONVERGED : null;
    }

    private @Nullable Termination budget(long deadline) {
        if (observer.isCancelled(0)) {
            return Termination.CANCELLED;
        } else if (history.size() > rule.maxSteps() || evaluations >= rule.maxEvaluations()) {
            return Termination.MAX_STEPS;
        }
        return rule.nanoClock().getAsLong() - deadline > 0 ? Termination.TIME_LIMIT : null;
    }

    private double[] damping(double factor) {
        double[] damping = new double[scale.length];
        Arrays.setAll(damping, i -> Math.sqrt(factor) * (scale[i] > 0 ? scale[i] : 1));
        return damping;
    }

    @SuppressWarnings("try")
    private double value(double[] x) {
        evaluations++;
        try (MemoryScope scope = MemoryScope.open()) {
            return sumOfSquares(plain(residuals.apply(manager.create(new double[][] {x}))));
        }
    }

    /** Residuals and Jacobian: row i of a batch of m copies of x is asked for the gradient of residual i alone. */
    @SuppressWarnings("try")
    private Model model(double[] x) {
        evaluations++;
        return Autograd.withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                int m = residuals.resultSize();
                double[][] copies = new double[m][];
                Arrays.fill(copies, x);
                NDArray leaf = Autograd.requireGradient(manager.create(copies));
                NDArray values = residuals.select(new int[m]).apply(leaf);
                Autograd.backward(values, manager.eye(m).toType(DataType.FLOAT64, false), false);
                double[] flat = plain(Autograd.gradient(leaf));
                double[][] jacobian = new double[m][];
                Arrays.setAll(jacobian, i -> Arrays.copyOfRange(flat, i * x.length, (i + 1) * x.length));
                return new Model(x, Arrays.copyOf(plain(Autograd.detach(values)), m), jacobian);
            }
        });
    }

    private void record(Model model, double length) {
        try (NDArray point = manager.create(new double[][] {model.x})) {
            observer.onStep(history.size(), point);
        }
        history.add(new double[] {model.value, model.gradientNorm, length, evaluations});
        for (int j = 0; j < scale.length; j++) {
            scale[j] = Math.max(scale[j], model.columnNorm(j));
        }
    }

    private Optimum.Outcome outcome(Model model, Termination termination) {
        int size = history.size();
        double[] residualHistory = new double[size];
        Arrays.fill(residualHistory, Double.NaN);
        int[] counts = new int[size];
        Arrays.setAll(counts, i -> (int) history.get(i)[3]);
        return new Optimum.Outcome(
                model.value,
                model.gradientNorm,
                size - 1,
                evaluations,
                termination,
                column(0),
                column(1),
                column(2),
                residualHistory,
                counts,
                0);
    }

    private double[] column(int index) {
        return history.stream().mapToDouble(entry -> entry[index]).toArray();
    }

    private static double[] plain(NDArray array) {
        return array.toDoubleArray();
    }

    private static double[] difference(double[] x, double @Nullable [] move) {
        double[] trial = x.clone();
        if (move != null) {
            Arrays.setAll(trial, i -> x[i] - move[i]);
        }
        return trial;
    }

    private static double norm(double[] v) {
        return Math.sqrt(sumOfSquares(v));
    }

    private static double sumOfSquares(double[] v) {
        double sum = 0;
        for (double element : v) {
            sum += element * element;
        }
        return sum;
    }

    /** Residuals and Jacobian at a point. */
    private static final class Model {
        private final double[] x;
        private final double[] residuals;
        private final double[][] jacobian;
        private final double value;
        private final double gradientNorm;

        Model(double[] x, double[] residuals, double[][] jacobian) {
            this.x = x;
            this.residuals = residuals;
            this.jacobian = jacobian;
            this.value = sumOfSquares(residuals);
            double[] gradient = new double[x.length];
            for (int i = 0; i < residuals.length; i++) {
                for (int j = 0; j < gradient.length; j++) {
                    gradient[j] += 2 * residuals[i] * jacobian[i][j];
                }
            }
            this.gradientNorm = norm(gradient);
        }

        boolean isFinite() {
            return Double.isFinite(value) && Double.isFinite(gradientNorm);
        }

        double columnNorm(int j) {
            double sum = 0;
            for (double[] row : jacobian) {
                sum += row[j] * row[j];
            }
            return Math.sqrt(sum);
        }

        /** {@code ||r||^2 - ||r - J p||^2}. */
        double predictedDecrease(double[] move) {
            double after = 0;
            for (int i = 0; i < residuals.length; i++) {
                double residual = residuals[i];
                for (int j = 0; j < move.length; j++) {
                    residual -= jacobian[i][j] * move[j];
                }
                after += residual * residual;
            }
            return value - after;
        }
    }
}
