package dev.secant.objective;

import dev.secant.objective.catalogue.CatalogueEntry;
import dev.secant.objective.catalogue.RandomQuadratic;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.objective.syntax.FormulaParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A formula, its dimension and the numbers of its parameters: all that one objective is.
 *
 * @param formula the source text
 * @param dimension n
 * @param parameters by name
 */
public record ObjectiveDefinition(String formula, int dimension, Map<String, ParameterValue> parameters) {

    public ObjectiveDefinition {
        parameters = Map.copyOf(parameters);
    }

    /**
     * What a catalogue entry stands for, its generated parameters drawn.
     *
     * @param parameters all of the entry's parameters
     * @throws IllegalArgumentException if a generated parameter is not a number
     */
    public static ObjectiveDefinition of(CatalogueEntry entry, int dimension, Map<String, ParameterValue> parameters) {
        if (!"random-quadratic".equals(entry.generator())) {
            return new ObjectiveDefinition(entry.formula(), dimension, parameters);
        }
        long seed = Math.round(number(parameters, "seed"));
        double condition = number(parameters, "condition");
        if (!(condition >= 1 && condition <= 1e12)) {
            throw new IllegalArgumentException(
                    "The condition number (%s) must be from 1 to 1e12.".formatted(condition));
        }
        Map<String, ParameterValue> drawn = new LinkedHashMap<>();
        drawn.put("H", ParameterValue.matrix(RandomQuadratic.matrix(dimension, seed, condition)));
        drawn.put("b", ParameterValue.vector(RandomQuadratic.vector(dimension, seed)));
        return new ObjectiveDefinition(entry.formula(), dimension, drawn);
    }

    private static double number(Map<String, ParameterValue> parameters, String name) {
        ParameterValue value = parameters.get(name);
        if (value == null || !value.type().dimensions().equals(List.of())) {
            throw new IllegalArgumentException("The parameter %s must be a number.".formatted(name));
        }
        return value.numbers()[0];
    }

    /** The parameters' shapes. */
    public Map<String, TensorType> parameterTypes() {
        Map<String, TensorType> types = new TreeMap<>();
        parameters.forEach((name, value) -> types.put(name, value.type()));
        return types;
    }

    /**
     * Checks shapes and limits.
     *
     * @throws ExpressionException at the place of the first mistake
     */
    public CompiledObjective compile(ExpressionLimits limits) {
        return CompiledObjective.compile(new FormulaParser(limits).parse(formula), dimension, parameterTypes(), limits);
    }

    /** Compiles within the default limits. */
    public CompiledObjective compile() {
        return compile(ExpressionLimits.DEFAULT);
    }
}
