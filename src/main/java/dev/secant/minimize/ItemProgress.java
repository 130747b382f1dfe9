package dev.secant.minimize;

/**
 * How far a start is that is being minimized.
 *
 * @param steps done so far, by all methods that have worked on it
 * @param evaluations of value and gradient so far, trials of other methods included
 * @param value the lowest found so far
 * @param gradientNorm the Euclidean norm of the gradient there
 * @param fraction the share of its steps, evaluations or time that is used up, whichever is largest; 0 to 1. A start that
 *     converges ends before 1.
 */
public record ItemProgress(int steps, int evaluations, double value, double gradientNorm, double fraction) {}
