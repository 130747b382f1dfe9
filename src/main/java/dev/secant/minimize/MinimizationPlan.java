package dev.secant.minimize;

import dev.secant.objective.CompiledObjective;
import dev.secant.objective.ObjectiveDefinition;
import dev.secant.optimizer.StopRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been checked: all that is needed to run it.
 *
 * @param definition formula and parameters
 * @param compiled the same, compiled
 * @param starts {@code [B, n]}
 * @param bounds bounds, if any
 * @param method solver and its settings
 * @param compareWith the solver that runs beside, if any
 * @param stop when a start is done
 * @param recording what is kept of the trajectory
 * @param certificate whether curvature is computed
 * @param float64 or float32
 * @param minima values of the minima that are published for this objective, the least first
 */
public record MinimizationPlan(
        ObjectiveDefinition definition,
        CompiledObjective compiled,
        double[][] starts,
        @Nullable BoundsTransform bounds,
        Method method,
        @Nullable Method compareWith,
        StopRule stop,
        TrajectoryRecording recording,
        boolean certificate,
        boolean float64,
        List<Double> minima) {

    public MinimizationPlan {
        minima = List.copyOf(minima);
    }

    /**
     * A solver and its settings.
     *
     * @param solver which
     * @param memory secant pairs; null for the method's own default
     * @param learningRate Adam's
     * @param checkpoint the learned weights of {@code lsr1} and {@code auto}, {@code name@version}; null for none
     */
    public record Method(Solver solver, @Nullable Integer memory, double learningRate, @Nullable String checkpoint) {

        /** The same settings for another solver. */
        public Method with(Solver other) {
            return new Method(other, memory, learningRate, checkpoint);
        }
    }

    /**
     * What is kept.
     *
     * @param iterates whether points are
     * @param every each how many steps
     * @param cosines whether the angle of steps to steepest descent is
     * @param limit points of a start that are kept at most, see {@link TrajectoryBudget}; beyond it every second one is dropped
     */
    public record TrajectoryRecording(boolean iterates, int every, boolean cosines, int limit) {}

    /** Starts of plans with equal keys, from any requests, run in one batch. */
    public Key key() {
        return new Key(compiled.digest(), method, compareWith, stop, recording, certificate, float64, bounds != null);
    }

    /** Numbers that the trajectories of one start may hold, of both solvers together. */
    public long trajectoryNumbers() {
        int perIterate = recording.iterates() ? compiled.dimension() + 1 : 0;
        TrajectoryBudget.Demand demand = new TrajectoryBudget.Demand(
                1,
                compareWith == null ? 1 : 2,
                stop.maxSteps(),
                recording.cosines() ? 6 : 5,
                perIterate,
                recording.every());
        double thinned = (double) demand.solvers() * recording.limit() * (demand.perPoint() + perIterate);
        return (long) Math.min(demand.numbers(), thinned);
    }

    /** The rounding unit of the arithmetic. */
    public double epsilon() {
        return float64 ? Math.ulp(1.0) : Math.ulp(1f);
    }

    /** One for each start; the time limit holds for all of them together. */
    public List<MinimizationProblem> problems() {
        TimeBudget time = new TimeBudget();
        return java.util.stream.IntStream.range(0, starts.length)
                .mapToObj(start -> new MinimizationProblem(this, start, time))
                .toList();
    }

    /** What starts of one batch have in common. */
    public record Key(
            String digest,
            Method method,
            @Nullable Method compareWith,
            StopRule stop,
            TrajectoryRecording recording,
            boolean certificate,
            boolean float64,
            boolean bounded) {}
}
