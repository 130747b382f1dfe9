package dev.secant.minimize;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param expression the formula, also of catalogue entries
 * @param dimension n
 * @param best the index of the start with the least value
 * @param value that value
 * @param terminations how many starts ended how
 * @param items one for each start
 */
public record MinimizationResult(
        String expression,
        int dimension,
        int best,
        @Nullable Double value,
        Map<String, Integer> terminations,
        List<MinimizationItem> items) {

    /**
     * Gathers the answers for starts of an objective.
     *
     * @param expression its formula
     * @param items at least one
     */
    public static MinimizationResult of(String expression, List<MinimizationItem> items) {
        MinimizationItem best = items.stream()
                .min(Comparator.comparingDouble(item -> item.value() == null ? Double.POSITIVE_INFINITY : item.value()))
                .orElseThrow();
        Map<String, Integer> terminations = new java.util.TreeMap<>();
        items.forEach(item -> terminations.merge(item.curve().termination(), 1, Integer::sum));
        return new MinimizationResult(expression, best.x().size(), best.start(), best.value(), terminations, items);
    }
}
