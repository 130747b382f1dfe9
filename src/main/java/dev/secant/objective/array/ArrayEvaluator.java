package dev.secant.objective.array;

import dev.secant.objective.BoundObjective;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.Disturbance;
import dev.secant.objective.graph.ParameterValue;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A compiled objective with its parameters on plain arrays of the JVM, one item at a time, in double precision: value,
 * gradient, and the Hessian's product with a direction.
 *
 * <p>It is what {@link BoundObjective} is on tensors, with the same conventions at kinks and ties. An operation of the engine
 * takes microseconds whatever its size; here a small one takes a fraction of that. {@link CompiledObjective#suitsArrays} says
 * where this is faster. One thread uses it.
 */
public final class ArrayEvaluator {

    private static final int NOISE_DRAWS = 4;

    private final CompiledObjective compiled;
    private final Map<String, ParameterValue> parameters;
    private final ArraySlots slots;
    private @Nullable ArrayEvaluator derivative;

    private ArrayEvaluator(CompiledObjective compiled, Map<String, ParameterValue> parameters) {
        this.compiled = compiled;
        this.parameters = parameters;
        this.slots = new ArraySlots(compiled, parameters);
    }

    /**
     * Gives the parameters their numbers; what depends on nothing else is computed now.
     *
     * @param values one for each of {@link CompiledObjective#parameters}
     */
    public static ArrayEvaluator bind(CompiledObjective compiled, Map<String, ParameterValue> values) {
        compiled.checkParameters(values);
        return new ArrayEvaluator(compiled, values);
    }

    /** The number of variables n. */
    public int dimension() {
        return compiled.dimension();
    }

    /**
     * Value and gradient.
     *
     * @param item for parameters that each item has its own of
     * @param x the point, {@code [n]}
     * @param gradient receives the gradient, {@code [n]}
     * @return the value
     */
    public double evaluate(int item, double[] x, double[] gradient) {
        return slots.evaluate(item, x, x, gradient);
    }

    /**
     * Value and gradient as they might come out of another arithmetic: with every number that is computed on the way moved a
     * little, at random (Parker, Monte Carlo Arithmetic, UCLA CSD-970002, 1997). How far results move shows what rounding may do
     * to them, whatever cancels.
     *
     * @param item for parameters that each item has its own of
     * @param x the point, {@code [n]}
     * @param gradient receives the gradient, {@code [n]}
     * @param disturbance moves the numbers
     */
    public double disturbed(int item, double[] x, double[] gradient, Disturbance disturbance) {
        return slots.disturbed(item, x, gradient, disturbance);
    }

    /**
     * How far rounding may move the value, in double precision: of some draws the largest change.
     *
     * @param item for parameters that each item has its own of
     * @param x the point, {@code [n]}
     */
    public double noise(int item, double[] x) {
        double[] gradient = new double[x.length];
        double value = evaluate(item, x, gradient);
        Disturbance disturbance =
                new Disturbance(4 * Math.ulp(1.0) * Math.sqrt((double) width()), Double.MIN_NORMAL, new Random(1));
        double noise = Math.ulp(value);
        for (int draw = 0; draw < NOISE_DRAWS; draw++) {
            double moved = disturbed(item, x, gradient, disturbance);
            noise = Double.isFinite(moved) ? Math.max(noise, Math.abs(moved - value)) : noise;
        }
        return noise;
    }

    /** The largest number of elements that an operation of the formula has. */
    public long width() {
        return compiled.nodes().stream()
                .mapToLong(node -> node.type().elements())
                .max()
                .orElse(1);
    }

    /**
     * The product of the Hessian with a direction, exactly.
     *
     * @param item for parameters that each item has its own of
     * @param x the point, {@code [n]}
     * @param direction v, {@code [n]}
     * @param product receives {@code H v}, {@code [n]}
     * @return the derivative along the direction, {@code grad f(x) . v}
     */
    public double hessianVectorProduct(int item, double[] x, double[] direction, double[] product) {
        if (derivative == null) {
            derivative = new ArrayEvaluator(compiled.directionalDerivative(), parameters);
        }
        return derivative.slots.evaluate(item, x, direction, product);
    }

    /**
     * Which part of the formula is the first that is not finite at a point.
     *
     * @param item for parameters that each item has its own of
     * @param x the point, {@code [n]}
     * @return such as {@code log(x[1]) is not a number, where x[1] is -1}; empty where value and gradient are finite
     */
    public Optional<String> whyNotFinite(int item, double[] x) {
        double[] gradient = new double[x.length];
        slots.evaluate(item, x, x, gradient);
        return slots.notFinite();
    }
}
