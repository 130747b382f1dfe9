package dev.secant.body;

/**
 * A point of the surface: the weighted mean of a few vertices.
 *
 * @param vertices vertex indices
 * @param weights one a vertex, sum 1
 */
public record Landmark(int[] vertices, float[] weights) {}
