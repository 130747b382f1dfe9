package dev.secant.minimize.run;

import dev.secant.minimize.MinimizationProblem;
import dev.secant.objective.graph.ParameterValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The parameters of a batch: shared where all its requests have the same numbers, else one for each item. */
final class BatchParameters {

    private BatchParameters() {}

    static Map<String, ParameterValue> of(List<MinimizationProblem> problems) {
        Map<String, ParameterValue> first = parameters(problems.get(0));
        Map<String, ParameterValue> values = new HashMap<>();
        first.forEach((name, value) -> {
            boolean shared = problems.stream()
                    .allMatch(problem -> Arrays.equals(
                            Objects.requireNonNull(parameters(problem).get(name))
                                    .numbers(),
                            value.numbers()));
            values.put(name, shared ? value : stacked(problems, name, value));
        });
        return values;
    }

    private static ParameterValue stacked(List<MinimizationProblem> problems, String name, ParameterValue first) {
        int size = first.numbers().length;
        double[] numbers = new double[problems.size() * size];
        for (int i = 0; i < problems.size(); i++) {
            double[] own = Objects.requireNonNull(parameters(problems.get(i)).get(name))
                    .numbers();
            System.arraycopy(own, 0, numbers, i * size, size);
        }
        return new ParameterValue(first.type(), numbers, true);
    }

    private static Map<String, ParameterValue> parameters(MinimizationProblem problem) {
        return problem.plan().definition().parameters();
    }
}
