package dev.secant.minimize;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
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
     * @param items at least one; gone through once, and kept as they are, so that they may be read from a store one by one
     */
    public static MinimizationResult of(String expression, List<MinimizationItem> items) {
        MinimizationItem best = null;
        double least = Double.POSITIVE_INFINITY;
        Map<String, Integer> terminations = new TreeMap<>();
        for (MinimizationItem item : items) {
            double value = item.value() == null ? Double.POSITIVE_INFINITY : item.value();
            if (best == null || value < least) {
                best = item;
                least = value;
            }
            terminations.merge(item.curve().termination(), 1, Integer::sum);
        }
        if (best == null) {
            throw new IllegalArgumentException("There must be at least one item.");
        }
        return new MinimizationResult(expression, best.x().size(), best.start(), best.value(), terminations, items);
    }
}
