package dev.secant.minimize;

/**
 * One start of a plan.
 *
 * @param plan the request it belongs to
 * @param start its index among the starts
 * @param time what it shares with the other starts of its request
 */
public record MinimizationProblem(MinimizationPlan plan, int start, TimeBudget time) {}
