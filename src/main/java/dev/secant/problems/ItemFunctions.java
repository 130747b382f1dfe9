package dev.secant.problems;

import dev.secant.optimizer.ArrayObjective;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A function of its own for every item, on plain arrays.
 *
 * @param dimension n
 * @param functions one an item
 */
public record ItemFunctions(int dimension, List<ArrayForm.Function> functions) implements ArrayObjective {

    public ItemFunctions {
        functions = List.copyOf(functions);
    }

    @Override
    public double evaluate(int item, double[] x, double[] gradient) {
        return functions.get(item).evaluate(x, gradient);
    }

    @Override
    public ItemFunctions select(int[] rows) {
        return new ItemFunctions(
                dimension, IntStream.of(rows).mapToObj(functions::get).toList());
    }
}
