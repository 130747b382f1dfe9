package dev.secant.minimize;

/**
 * One start of a plan.
 *
 * @param plan the request it belongs to
 * @param start its index among the starts
 */
public record MinimizationProblem(MinimizationPlan plan, int start) {}
