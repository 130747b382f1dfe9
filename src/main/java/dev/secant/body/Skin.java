package dev.secant.body;

/**
 * Skin weights, K influences a vertex, unused ones of weight 0.
 *
 * @param influences K
 * @param joints joint indices, {@code [V, K]}
 * @param weights non-negative, each row sums to 1, {@code [V, K]}
 */
public record Skin(int influences, int[] joints, float[] weights) {}
