package dev.secant.minimize.request;

import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest.TrajectoryOptions;
import dev.secant.minimize.TrajectoryBudget;
import org.jspecify.annotations.Nullable;

/** Reads what is recorded of trajectories, within a budget. */
final class TrajectoryReader {

    private final TrajectoryBudget budget;
    private final Violations violations;

    TrajectoryReader(TrajectoryBudget budget, Violations violations) {
        this.budget = budget;
        this.violations = violations;
    }

    /**
     * What is run.
     *
     * @param starts how many
     * @param solvers 2 with a solver to compare with, else 1
     * @param maxSteps of each
     * @param n variables
     */
    record Runs(int starts, int solvers, int maxSteps, int n) {}

    /** Each how many steps an iterate is kept, at least 1. */
    static int every(@Nullable TrajectoryOptions options, Violations violations) {
        int every = options == null || options.every() == null ? 1 : options.every();
        violations.require(
                every >= 1, "/trajectory/every", "The spacing every (%d) must be at least 1.".formatted(every));
        return Math.max(1, every);
    }

    /** What is recorded of each start: thinned where the budget asks for it, and refused where that does not suffice. */
    MinimizationPlan.TrajectoryRecording recording(@Nullable TrajectoryOptions options, int every, Runs runs) {
        boolean iterates = options != null && Boolean.TRUE.equals(options.iterates());
        boolean cosines = options != null && Boolean.TRUE.equals(options.cosines());
        TrajectoryBudget.Demand demand = new TrajectoryBudget.Demand(
                runs.starts(), runs.solvers(), runs.maxSteps(), cosines ? 6 : 5, iterates ? runs.n() + 1 : 0, every);
        int points = budget.points(demand);
        violations.require(
                points >= TrajectoryBudget.LEAST_POINTS,
                iterates ? "/trajectory/iterates" : "/starts",
                ("The trajectories of %d starts x %d solvers x %d steps hold %.3g numbers, above the budget of %d"
                                + " (secant.minimize.max-trajectory-numbers), and thinned to fit they would have fewer than %d points"
                                + " each. Maybe send fewer starts at once%s.")
                        .formatted(
                                runs.starts(),
                                runs.solvers(),
                                runs.maxSteps(),
                                demand.numbers(),
                                budget.maxNumbers(),
                                TrajectoryBudget.LEAST_POINTS,
                                iterates ? ", or leave out trajectory.iterates" : ""));
        // Thinning keeps steps on a grid of powers of two: iterates on it are points of the trajectory.
        int spacing = points == Integer.MAX_VALUE || every == 1
                ? every
                : Integer.highestOneBit(Math.min(every, 1 << 30) - 1) * 2;
        return new MinimizationPlan.TrajectoryRecording(
                iterates, spacing, cosines, Math.max(points, TrajectoryBudget.LEAST_POINTS));
    }
}
