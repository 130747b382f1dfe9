package dev.secant.objective.graph;

import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.objective.syntax.Formula;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Formulas without x, for starts, domains and optima of the catalogue: worked out on plain numbers, by any thread.
 */
public final class ConstantFormula {

    private ConstantFormula() {}

    /** A number that may depend on n and on the sizes of parameters. */
    public static double scalar(String source, int n, Map<String, TensorType> parameters) {
        return evaluate(source, n, parameters)[0];
    }

    /** A vector of n numbers; a shorter one, or a number, repeats. */
    public static double[] vector(String source, int n) {
        double[] numbers = evaluate(source, n, Map.of());
        if (n % numbers.length != 0) {
            throw new IllegalArgumentException(
                    "The %d numbers of '%s' must repeat to %d variables.".formatted(numbers.length, source, n));
        }
        double[] vector = new double[n];
        Arrays.setAll(vector, i -> numbers[i % numbers.length]);
        return vector;
    }

    private static double[] evaluate(String source, int n, Map<String, TensorType> parameters) {
        GraphBuilder graph = new GraphBuilder(ExpressionLimits.DEFAULT);
        Formula formula = Formula.parse(source);
        Node result = new FormulaChecker(graph, n, parameters).node(formula.body());
        Map<Integer, double[]> values = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (!node.isVariable() && !(node.operation() instanceof Operation.Parameter)) {
                values.put(node.id(), compute(node, values));
            }
        }
        double[] numbers = values.get(result.id());
        if (numbers == null) {
            throw new IllegalArgumentException("The formula '%s' must not depend on x.".formatted(source));
        }
        return numbers;
    }

    private static double[] compute(Node node, Map<Integer, double[]> values) {
        if (node.inputs().isEmpty()) {
            return LeafTensors.numbers(node.operation(), node.type());
        }
        List<double[]> inputs =
                node.inputs().stream().map(input -> values.get(input.id())).toList();
        double[] numbers = new double[(int) node.type().elements()];
        if (node.operation() instanceof Operation.Map map) {
            Arrays.setAll(numbers, i -> map.function().fold(inputs.get(0)[i]));
        } else if (node.operation() instanceof Operation.Combine combine) {
            Arrays.setAll(numbers, i -> combine.function().fold(at(inputs.get(0), i), at(inputs.get(1), i)));
        } else if (node.operation() instanceof Operation.Choose) {
            Arrays.setAll(numbers, i -> at(inputs.get(0), i) != 0 ? at(inputs.get(1), i) : at(inputs.get(2), i));
        } else {
            throw new IllegalArgumentException("A constant formula can't use %s.".formatted(node.operation()));
        }
        return numbers;
    }

    private static double at(double[] numbers, int index) {
        return numbers.length == 1 ? numbers[0] : numbers[index];
    }
}
