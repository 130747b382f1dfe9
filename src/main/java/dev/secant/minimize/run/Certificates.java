package dev.secant.minimize.run;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.objective.graph.ParameterValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The certificates of a batch: made one after the other, of those items that still have time and are wanted. */
public final class Certificates {

    private final MinimizationItem.@Nullable Certificate[] certificates;
    private final boolean asked;

    private Certificates(MinimizationItem.@Nullable Certificate[] certificates, boolean asked) {
        this.certificates = certificates;
        this.asked = asked;
    }

    /** None, because none were asked for. */
    public static Certificates none(int size) {
        return new Certificates(new MinimizationItem.@Nullable Certificate[size], false);
    }

    /**
     * In float64, whatever was minimized in.
     *
     * @param x the results, in the requests' variables
     * @param running what ends items
     */
    public static Certificates of(
            List<MinimizationProblem> problems,
            Map<String, ParameterValue> parameters,
            NDManager manager,
            double[][] x,
            BatchSolver.Running running) {
        MinimizationItem.@Nullable Certificate[] made = new MinimizationItem.@Nullable Certificate[x.length];
        MinimizationPlan plan = problems.get(0).plan();
        try (BatchObjective all = BatchObjective.bind(plan.compiled(), parameters, null, manager, DataType.FLOAT64)) {
            for (int i = 0; i < made.length; i++) {
                int item = i;
                BatchObjective own = all.select(new int[] {item});
                made[item] = new Curvature(
                                own, manager, problems.get(item).plan().bounds(), () -> running.isOver(item))
                        .certificate(x[item]);
                all.release(own);
            }
        }
        return new Certificates(made, true);
    }

    public MinimizationItem.@Nullable Certificate of(int item) {
        return certificates[item];
    }

    /** With a word on it where a certificate was asked for and there was no time. */
    public SolverRun noted(int item, SolverRun run) {
        return asked && certificates[item] == null
                ? run.with(0, "no certificate: the time was up, or the job cancelled")
                : run;
    }
}
