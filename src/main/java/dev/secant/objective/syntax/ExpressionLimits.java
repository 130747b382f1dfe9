package dev.secant.objective.syntax;

/**
 * What a formula may cost. Each limit is checked before the memory or the time it protects is spent.
 *
 * @param sourceLength characters of source text
 * @param tokens names, numbers and signs
 * @param depth brackets, signs and powers inside one another
 * @param literalElements numbers in one pair of brackets {@code [...]}
 * @param nodes operations after common subexpressions are joined
 * @param dimension variables
 * @param tensorElements numbers in one intermediate result, for one point
 * @param totalElements numbers in all intermediate results together, for one point
 */
public record ExpressionLimits(
        int sourceLength,
        int tokens,
        int depth,
        int literalElements,
        int nodes,
        int dimension,
        long tensorElements,
        long totalElements) {

    /** For formulas from anyone. */
    public static final ExpressionLimits DEFAULT =
            new ExpressionLimits(65_536, 20_000, 100, 5_000, 5_000, 100_000, 1_000_000, 4_000_000);
}
