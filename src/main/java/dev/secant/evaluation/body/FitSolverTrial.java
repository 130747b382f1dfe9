package dev.secant.evaluation.body;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.fit.FitSettings;
import dev.secant.fit.Observations;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.fit.learned.FitStart;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.firstorder.Adam;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.tensor.TensorRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Solvers of the fit energy on plain arrays, from the same initial estimates, on one thread, in turn; the shortest time of each counts, so
 * that other work of the machine falls out.
 */
public final class FitSolverTrial implements AutoCloseable {

    private final BodyModel body;
    private final NDManager manager;
    private final BodyNetworks networks;

    private record Solver(String name, StopRule rule, Function<FitStart, Optimizer> optimizer) {}

    private static final List<Solver> SOLVERS = List.of(
            new Solver(
                    "L-SR1, at most 8 steps",
                    new FitSettings(FitSettings.DEFAULT_STEPS, false).stopRule(),
                    FitStart::optimizer),
            new Solver("L-SR1, 8 steps", StopRule.steps(FitSettings.DEFAULT_STEPS), FitStart::optimizer),
            new Solver("L-BFGS, 20 steps", StopRule.steps(20), start -> new Lbfgs()),
            new Solver("Adam, 50 steps", StopRule.steps(50), start -> new Adam(0.1)));

    /**
     * One solver on one batch.
     *
     * @param solver its name
     * @param people of the batch
     * @param microseconds a person, from the initial estimate to the minimum
     * @param steps mean
     * @param energy mean at the end
     */
    public record Row(String solver, int people, double microseconds, double steps, double energy) {}

    /** A trial of a checkpoint's networks. */
    public FitSolverTrial(BodyModel body, Checkpoint checkpoint) {
        this.body = body;
        this.manager = TensorRuntime.get().newManager(Device.cpu());
        this.networks = BodyNetworks.of(checkpoint, body, manager);
    }

    /**
     * Fits the sample people.
     *
     * @param people of the batch
     * @param repeats of each solver, at least 1
     * @return first the start, that is networks and model Hessians, without which only L-SR1 cannot do; then the solvers
     */
    public List<Row> run(int people, int repeats) {
        Observations observations = Observations.of(FitStorageTrial.problems(body, people));
        double start = Double.POSITIVE_INFINITY;
        double[] shortest = new double[SOLVERS.size()];
        Optimum[] optima = new Optimum[shortest.length];
        java.util.Arrays.fill(shortest, Double.POSITIVE_INFINITY);
        for (int k = 0; k < repeats; k++) {
            for (int i = 0; i < shortest.length; i++) {
                long began = System.nanoTime();
                FitStart from = networks.startOnArrays(observations);
                long started = System.nanoTime();
                optima[i] = minimize(SOLVERS.get(i), from);
                shortest[i] = Math.min(shortest[i], 1e-3 * (System.nanoTime() - started) / people);
                start = Math.min(start, 1e-3 * (started - began) / people);
            }
        }
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("networks and model Hessian", people, start, 0, Double.NaN));
        for (int i = 0; i < shortest.length; i++) {
            List<Optimum.Outcome> items = optima[i].items();
            rows.add(new Row(
                    SOLVERS.get(i).name(),
                    people,
                    shortest[i],
                    items.stream().mapToInt(Optimum.Outcome::steps).average().orElseThrow(),
                    items.stream().mapToDouble(Optimum.Outcome::value).average().orElseThrow()));
        }
        return rows;
    }

    private static Optimum minimize(Solver solver, FitStart from) {
        return solver.optimizer()
                .apply(from)
                .minimize(
                        from.energy(),
                        from.zero(),
                        Execution.on(Device.cpu()).with(Storage.ARRAYS),
                        solver.rule(),
                        Observer.NONE);
    }

    @Override
    public void close() {
        manager.close();
    }
}
