package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Limited-memory SR1 in a trust region (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, algorithm 6.2; Conn, Gould
 * and Toint, Math. Programming 50, 1991). The subproblem is solved exactly, so negative curvature is followed.
 *
 * @param memory how many pairs are kept, m
 */
public record Sr1(int memory) implements Optimizer {

    private static final double ACCEPTED_RATIO = 1e-4;
    private static final double GOOD_RATIO = 0.75;
    private static final double POOR_RATIO = 0.1;
    private static final double GROWTH = 2.5;
    private static final int MAX_TRIALS = 40;
    private static final double ROUNDING_UNITS = 10;

    public Sr1 {
        if (memory < 1) {
            throw new IllegalArgumentException("The memory (%d) must be positive.".formatted(memory));
        }
    }

    /** With a memory of ten pairs. */
    public Sr1() {
        this(10);
    }

    /** The same method with another memory. */
    public Sr1 withMemory(int pairs) {
        return new Sr1(pairs);
    }

    @Override
    public String name() {
        return "L-SR1";
    }

    @Override
    @SuppressWarnings("try")
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        try (BatchRun run = BatchRun.begin(objective, start, stopRule, observer);
                SecantPairs pairs = new SecantPairs(run, memory)) {
            TrustRegions regions = new TrustRegions(run, pairs, memory);
            while (run.isActive()) {
                try (MemoryScope scope = MemoryScope.open()) {
                    regions.step();
                }
            }
            return run.finish();
        }
    }

    /** The state of one batch. */
    private static final class TrustRegions {

        private final BatchRun run;
        private final SecantPairs pairs;
        private final int memory;
        private double[] radii;
        private double[] gammas;

        TrustRegions(BatchRun run, SecantPairs pairs, int memory) {
            this.run = run;
            this.pairs = pairs;
            this.memory = memory;
            this.radii = LineSearchRun.firstLengths(run);
            this.gammas = new double[run.size()];
            for (int row = 0; row < gammas.length; row++) {
                gammas[row] = run.current().gradientNorms()[row] / radii[row];
            }
        }

        void step() {
            int size = run.size();
            Sr1Model[] models = new Sr1Model[size];
            for (int row = 0; row < size; row++) {
                models[row] = new Sr1Model(pairs.item(row), gammas[row]);
            }
            List<Evaluation> parts = new ArrayList<>(List.of(run.current()));
            int[] places = Rows.all(size).indices().clone();
            int placed = size;
            Rows open = affordable(Rows.all(size));
            for (int trial = 0; trial < MAX_TRIALS && !open.isEmpty(); trial++) {
                double[] decreases = new double[size];
                NDArray displacement = displacement(models, decreases);
                Evaluation part = run.evaluate(open, open.of(displacement));
                parts.add(part);
                for (int k = 0; k < open.size(); k++) {
                    int row = open.indices()[k];
                    if (judge(row, part, k, decreases[row])) {
                        places[row] = placed + k;
                    }
                    if (trial == 1) {
                        run.countSafeguard(row);
                    }
                }
                placed += open.size();
                open = affordable(open.filter(openPlaces(open, places)));
            }
            for (int row = 0; row < size; row++) {
                if (places[row] < size) {
                    run.stall(row);
                }
            }
            accept(Evaluation.choose(parts, places));
        }

        private static java.util.function.IntPredicate openPlaces(Rows open, int[] places) {
            return k -> places[open.indices()[k]] < open.total();
        }

        private Rows affordable(Rows rows) {
            boolean late = run.isLate();
            return rows.filter(k -> !late && run.mayEvaluate(rows.indices()[k], 1));
        }

        /** The steps of all items within their radii, {@code [A, n]}. */
        private NDArray displacement(Sr1Model[] models, double[] decreases) {
            int size = run.size();
            double[] factors = new double[size];
            double[] coefficients = new double[size * 2 * memory];
            for (int row = 0; row < size; row++) {
                double norm = run.current().gradientNorms()[row];
                Sr1Model.Step step = models[row].step(pairs.item(row), norm, radii[row], memory);
                decreases[row] = step.decrease();
                factors[row] = step.gradientFactor();
                for (int slot = 0; slot < memory; slot++) {
                    coefficients[row * 2 * memory + slot] = -gammas[row] * step.psi()[slot];
                    coefficients[row * 2 * memory + memory + slot] = step.psi()[slot];
                }
            }
            return pairs.combine(run.current().gradient(), factors, coefficients);
        }

        /** Whether a trial is taken; sets the radius. */
        private boolean judge(int row, Evaluation trial, int k, double predicted) {
            double value = run.current().values()[row];
            double length = trial.stepLengths()[k];
            if (!trial.isFinite(k)) {
                radii[row] = 0.1 * Math.min(radii[row], length);
                return false;
            }
            double tolerance = ROUNDING_UNITS * run.epsilon() * Math.abs(value);
            double decrease = value - trial.values()[k];
            boolean lostInRounding = Math.abs(decrease) <= tolerance && predicted <= tolerance;
            double ratio = lostInRounding ? 1 : decrease / predicted;
            if (ratio > GOOD_RATIO && length > 0.8 * radii[row]) {
                radii[row] *= GROWTH;
            } else if (!(ratio > POOR_RATIO)) {
                // To the minimizer of the parabola through both values and the trial's slope, as far as that can be
                // trusted.
                double slope = trial.slopes()[k];
                double factor = (slope + 2 * decrease) / (2 * (slope + decrease));
                radii[row] = Math.min(0.6, Math.max(0.2, factor)) * Math.min(radii[row], length);
            }
            return length > 0 && ratio > ACCEPTED_RATIO;
        }

        private void accept(Evaluation next) {
            pairs.push(next, (item, slot) -> true);
            for (int row = 0; row < run.size(); row++) {
                int[] order = pairs.item(row).order();
                SecantPairs.Item item = pairs.item(row);
                double curvature = item.stepChange(order[0], order[0]);
                double bound = 1e-8 * Math.sqrt(item.changeChange(order[0], order[0]));
                gammas[row] = curvature > bound ? item.changeChange(order[0], order[0]) / curvature : gammas[row];
            }
            Rows kept = run.accept(next);
            pairs.keep(kept);
            radii = kept.of(radii);
            gammas = kept.of(gammas);
        }
    }
}
