package dev.secant.objective.catalogue;

import dev.secant.objective.graph.ConstantFormula;
import dev.secant.objective.graph.TensorType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A published objective, written in the language of objectives.
 *
 * <p>Where a number depends on the dimension it is a formula of n; a vector shorter than n repeats.
 *
 * @param name how requests call it
 * @param title what it is
 * @param formula of x, n and the parameters
 * @param dimension the usual n, a formula of the parameters' sizes
 * @param fixed whether there is no other n
 * @param least the smallest n
 * @param most the largest n
 * @param multiple what n is a multiple of
 * @param lower the usual domain, for sampling starts
 * @param upper the usual domain, for sampling starts
 * @param start the usual start
 * @param value the least value known
 * @param optimum a point where it is reached
 * @param values other local minima that are known
 * @param parameters defaults: numbers, vectors or matrices
 * @param generator what makes parameters of the posted ones
 * @param source where it is published
 */
public record CatalogueEntry(
        String name,
        String title,
        String formula,
        String dimension,
        boolean fixed,
        int least,
        int most,
        int multiple,
        String lower,
        String upper,
        String start,
        @Nullable String value,
        @Nullable String optimum,
        List<String> values,
        Map<String, Object> parameters,
        @Nullable String generator,
        String source) {

    public CatalogueEntry {
        values = List.copyOf(values);
        parameters = Map.copyOf(parameters);
    }

    /** The n that follows from the parameters' sizes, or the usual one. */
    public int dimension(Map<String, TensorType> parameterTypes) {
        return (int) ConstantFormula.scalar(dimension, 1, parameterTypes);
    }

    /**
     * Why n variables are impossible, for a reader.
     *
     * @return the reason, or null if they are possible
     */
    public @Nullable String whyNotDimension(int n, int usual) {
        if (fixed && n != usual) {
            return "%s has %d variables, not %d.".formatted(name, usual, n);
        } else if (n < least || n > most) {
            return "%s has from %d to %d variables, not %d.".formatted(name, least, most, n);
        } else if (n % multiple != 0) {
            return "The number of variables (%d) of %s must be a multiple of %d.".formatted(n, name, multiple);
        }
        return null;
    }

    /** The usual start for n variables. */
    public double[] start(int n) {
        return ConstantFormula.vector(start, n);
    }

    /** The lower corner of the usual domain. */
    public double[] lower(int n) {
        return ConstantFormula.vector(lower, n);
    }

    /** The upper corner of the usual domain. */
    public double[] upper(int n) {
        return ConstantFormula.vector(upper, n);
    }

    /** The least value known for n variables. */
    public @Nullable Double value(int n) {
        return value == null ? null : ConstantFormula.scalar(value, n, Map.of());
    }

    /** All minima that are known for n variables, the least first. */
    public List<Double> minima(int n) {
        List<Double> minima = new java.util.ArrayList<>();
        if (value != null) {
            minima.add(ConstantFormula.scalar(value, n, Map.of()));
        }
        for (String local : values) {
            minima.add(ConstantFormula.scalar(local, n, Map.of()));
        }
        return minima;
    }

    /** A point of least value. */
    public double @Nullable [] optimum(int n) {
        return optimum == null ? null : ConstantFormula.vector(optimum, n);
    }

    /** A request body that can be posted to {@code /v1/minimizations} as it is. */
    public Map<String, Object> example() {
        Map<String, Object> body = new TreeMap<>();
        body.put("objective", name);
        if (!parameters.isEmpty()) {
            body.put("parameters", new TreeMap<>(parameters));
        }
        return body;
    }
}
