package dev.secant.minimize;

import java.util.function.Consumer;

/**
 * One start of a plan.
 *
 * @param plan the plan
 * @param start the index of the start
 * @param progress told a few times a second how far the start is, on the thread that minimizes; it returns quickly
 */
public record MinimizationProblem(MinimizationPlan plan, int start, Consumer<ItemProgress> progress) {

    /** A start whose progress nobody watches. */
    public MinimizationProblem(MinimizationPlan plan, int start) {
        this(plan, start, ignored -> {});
    }

    /** Numbers that its trajectories may hold. */
    public long trajectoryNumbers() {
        return plan.trajectoryNumbers();
    }
}
