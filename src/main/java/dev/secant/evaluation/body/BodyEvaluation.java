package dev.secant.evaluation.body;

import ai.djl.ndarray.NDManager;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitSettings;
import dev.secant.fit.Observations;
import dev.secant.fit.TreeFitEnergy;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.fit.learned.FitStart;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.CommonJoints;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Solvers side by side on the same synthetic people, the same guesses and the same energy. */
@SuppressWarnings("try")
public final class BodyEvaluation {

    /** Rises below this fraction of the energy are float32's rounding. */
    private static final double ROUNDING = 1e-5;

    private final BodyNetworks networks;
    private final PointRig rig;
    private final int batchSize;
    private final NDManager manager;
    private final Storage storage;

    /**
     * A way to refine guesses.
     *
     * @param name for the table
     * @param rule when a person stops; null leaves the guess
     * @param optimizer the method, given where a batch starts
     */
    public record Solver(String name, @Nullable StopRule rule, Function<FitStart, Optimizer> optimizer) {

        /** With a number of steps for everybody; 0 leaves the guess. */
        public Solver(String name, int steps, Function<FitStart, Optimizer> optimizer) {
            this(name, steps == 0 ? null : StopRule.steps(steps), optimizer);
        }
    }

    /**
     * Means over all people.
     *
     * @param procrustes PA-MPJPE, millimetres
     * @param procrustesStandardError of that mean over people
     * @param mpjpe millimetres, pelves aligned
     * @param reprojection distance to the observed keypoints, percent of the person's size
     * @param energy the fit energy
     * @param milliseconds a person, guess included
     * @param badSteps percent of the steps after which the energy was higher
     * @param safeguarded percent of the steps that the safeguard changed
     */
    public record Result(
            double procrustes,
            double procrustesStandardError,
            double mpjpe,
            double reprojection,
            double energy,
            double milliseconds,
            double badSteps,
            double safeguarded) {}

    /**
     * An evaluation.
     *
     * @param rig of {@link CommonJoints#rig}
     * @param batchSize people that are fitted together
     * @param storage where every solver works
     */
    public BodyEvaluation(BodyNetworks networks, PointRig rig, int batchSize, NDManager manager, Storage storage) {
        this.networks = networks;
        this.rig = rig;
        this.batchSize = batchSize;
        this.manager = manager;
        this.storage = storage;
    }

    /** Runs every solver on every person. */
    public Map<String, Result> run(BodySamples samples, List<Solver> solvers) {
        Map<String, Result> results = new LinkedHashMap<>();
        for (Solver solver : solvers) {
            results.put(solver.name(), run(samples, solver));
        }
        return results;
    }

    private Result run(BodySamples samples, Solver solver) {
        int people = samples.observations().size();
        Sums sums = new Sums();
        for (int from = 0; from < people; from += batchSize) {
            int[] rows =
                    IntStream.range(from, Math.min(from + batchSize, people)).toArray();
            Observations observations = samples.observations().select(rows);
            long began = System.nanoTime();
            try (NDManager run = manager.newSubManager()) {
                FitStart start = networks.start(observations, run, storage);
                Fitted fitted = fit(solver, start);
                sums.nanos += System.nanoTime() - began;
                FitBatch batch = start.batch();
                measure(samples, rows, new TreeFitEnergy(rig, batch), fitted, batch, sums);
            }
        }
        return sums.means(people);
    }

    /**
     * @param u {@code [B, n]}
     * @param outcomes one a person; none for a guess
     */
    private record Fitted(float[] u, List<Optimum.Outcome> outcomes) {}

    private Fitted fit(Solver solver, FitStart start) {
        StopRule rule = solver.rule();
        if (rule == null) {
            return new Fitted(start.zero().floats(), List.of());
        }
        try (MemoryScope scope = MemoryScope.open();
                Optimum optimum = solver.optimizer()
                        .apply(start)
                        .minimize(
                                start.energy(),
                                start.zero(),
                                Execution.on(manager.getDevice()).with(storage),
                                rule,
                                Observer.NONE)) {
            return new Fitted(optimum.x().floats(), optimum.items());
        }
    }

    private void measure(
            BodySamples samples, int[] rows, TreeFitEnergy energy, Fitted fitted, FitBatch batch, Sums sums) {
        int n = batch.variables();
        float[] ignored = new float[n];
        for (int b = 0; b < rows.length; b++) {
            float[] points = energy.points(b, fitted.u(), b * n);
            CommonJoints.Errors errors = CommonJoints.errors(points, 0, samples.points(), rows[b] * points.length);
            sums.procrustes += errors.procrustes();
            sums.procrustesSquared += errors.procrustes() * errors.procrustes();
            sums.mpjpe += errors.mpjpe();
            sums.energy += energy.evaluate(b, fitted.u(), b * n, ignored, 0);
            sums.reprojection += 100 * reprojection(points, batch.observations(), b);
        }
        for (Optimum.Outcome outcome : fitted.outcomes()) {
            sums.steps += outcome.steps();
            sums.safeguarded += outcome.safeguarded();
            for (int k = 1; k <= outcome.steps(); k++) {
                sums.bad += outcome.values()[k] > outcome.values()[k - 1] * (1 + ROUNDING) ? 1 : 0;
            }
        }
    }

    private static double reprojection(float[] points, Observations observations, int person) {
        int slots = observations.weights().length / observations.size();
        double sum = 0;
        int seen = 0;
        for (int k = 0; k < slots; k++) {
            int at = person * slots + k;
            if (observations.weights()[at] > 0) {
                double x = points[3 * k] / points[3 * k + 2] - observations.rays()[2 * at];
                double y = points[3 * k + 1] / points[3 * k + 2] - observations.rays()[2 * at + 1];
                sum += Math.hypot(x, y);
                seen++;
            }
        }
        return sum / seen / observations.boxes()[3 * person + 2];
    }

    private static final class Sums {
        private double procrustes;
        private double procrustesSquared;
        private double mpjpe;
        private double reprojection;
        private double energy;
        private double nanos;
        private double steps;
        private double bad;
        private double safeguarded;

        Result means(int people) {
            double shown = Math.max(steps, 1);
            double mean = procrustes / people;
            double variance = Math.max(procrustesSquared / people - mean * mean, 0);
            return new Result(
                    mean,
                    Math.sqrt(variance / people),
                    mpjpe / people,
                    reprojection / people,
                    energy / people,
                    nanos / 1e6 / people,
                    100 * bad / shown,
                    100 * safeguarded / shown);
        }
    }

    /** The peers of the figures: the guess; L-SR1 at 4, 8 and 16 steps, stopping as fits do; Adam at 50 and L-BFGS at 20 steps. */
    public static List<Solver> peers(Optimizer adam, Optimizer lbfgs) {
        List<Solver> solvers = new ArrayList<>();
        solvers.add(new Solver("initialiser", 0, FitStart::optimizer));
        for (int steps : new int[] {4, 8, 16}) {
            solvers.add(new Solver(
                    "L-SR1, " + steps + " steps", new FitSettings(steps, false).stopRule(), FitStart::optimizer));
        }
        solvers.add(new Solver("Adam, 50 steps", 50, start -> adam));
        solvers.add(new Solver("L-BFGS, 20 steps", 20, start -> lbfgs));
        return List.copyOf(solvers);
    }
}
