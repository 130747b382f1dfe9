package dev.secant.minimize;

import java.util.function.Consumer;

/**
 * One start of a plan.
 *
 * @param plan the request it belongs to
 * @param start its index among the starts
 * @param time what it shares with the other starts of its request
 * @param progress told a few times a second how far the start is, on the thread that minimizes; it returns quickly
 */
public record MinimizationProblem(MinimizationPlan plan, int start, TimeBudget time, Consumer<ItemProgress> progress) {

    /** A start whose progress nobody watches. */
    public MinimizationProblem(MinimizationPlan plan, int start, TimeBudget time) {
        this(plan, start, time, ignored -> {});
    }

    /** The same, watched. */
    public MinimizationProblem watchedBy(Consumer<ItemProgress> watcher) {
        return new MinimizationProblem(plan, start, time, watcher);
    }

    /** Numbers that its trajectories may hold. */
    public long trajectoryNumbers() {
        return plan.trajectoryNumbers();
    }
}
