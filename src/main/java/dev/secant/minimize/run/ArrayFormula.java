package dev.secant.minimize.run;

import dev.secant.minimize.BoundsTransform;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.Disturbance;
import dev.secant.objective.array.ArrayEvaluator;
import dev.secant.objective.graph.ParameterValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A formula with its numbers, and a box for each item if there are any, on plain arrays: a function of the solver's z. Memory is
 * taken when it is first asked. One thread uses it.
 */
public final class ArrayFormula {

    private final CompiledObjective formula;
    private final Map<String, ParameterValue> parameters;
    private final BoundsTransform @Nullable [] transforms;
    private final double[] x;
    private final double[] along;
    private final double[] slopes;
    private @Nullable ArrayEvaluator evaluator;

    /**
     * @param parameters shared, or one for each item
     * @param transforms one for each item; null for none
     */
    public ArrayFormula(
            CompiledObjective formula,
            Map<String, ParameterValue> parameters,
            BoundsTransform @Nullable [] transforms) {
        this.formula = formula;
        this.parameters = parameters;
        this.transforms = transforms;
        this.x = new double[formula.dimension()];
        this.along = new double[x.length];
        this.slopes = new double[x.length];
    }

    /**
     * Value and gradient.
     *
     * @param item the item
     * @param z the point, {@code [n]}
     * @param gradient receives the gradient by z, {@code [n]}
     */
    public double evaluate(int item, double[] z, double[] gradient) {
        if (transforms == null) {
            return evaluator().evaluate(item, z, gradient);
        }
        enter(transforms[item], z);
        double value = evaluator().evaluate(item, x, gradient);
        for (int i = 0; i < x.length; i++) {
            gradient[i] *= slopes[i];
        }
        return value;
    }

    /**
     * Value and gradient with every number that is computed on the way moved a little.
     *
     * @param item the item
     * @param z the point, {@code [n]}
     * @param gradient receives the gradient by z, {@code [n]}
     * @param disturbance moves the numbers
     */
    public double disturbed(int item, double[] z, double[] gradient, Disturbance disturbance) {
        for (int i = 0; i < x.length; i++) {
            x[i] = transforms == null ? disturbance.move(z[i]) : transforms[item].disturbed(i, z[i], disturbance);
            slopes[i] = transforms == null ? 1 : transforms[item].slope(i, disturbance.move(z[i]));
        }
        double value = evaluator().disturbed(item, x, gradient, disturbance);
        for (int i = 0; i < x.length; i++) {
            gradient[i] *= slopes[i];
        }
        return value;
    }

    /** The largest number of elements that an operation of the formula has. */
    public long width() {
        return evaluator().width();
    }

    /**
     * The Hessian's product with a direction: with a box {@code S H S v + (g x'') v}, S the slopes of x and g the gradient by x.
     *
     * @param item the item
     * @param z the point, {@code [n]}
     * @param direction v, {@code [n]}
     * @param product receives it, {@code [n]}
     */
    void hessianVectorProduct(int item, double[] z, double[] direction, double[] product) {
        if (transforms == null) {
            evaluator().hessianVectorProduct(item, z, direction, product);
            return;
        }
        enter(transforms[item], z);
        double[] gradient = new double[x.length];
        evaluator().evaluate(item, x, gradient);
        for (int i = 0; i < x.length; i++) {
            along[i] = slopes[i] * direction[i];
        }
        evaluator().hessianVectorProduct(item, x, along, product);
        for (int i = 0; i < x.length; i++) {
            product[i] = slopes[i] * product[i] + gradient[i] * transforms[item].bend(i, z[i]) * direction[i];
        }
    }

    /** Which part of the formula is not finite at a point of the request's variables; empty where all is finite. */
    Optional<String> whyNotFinite(int item, double[] point) {
        return evaluator().whyNotFinite(item, point);
    }

    private void enter(BoundsTransform bounds, double[] z) {
        for (int i = 0; i < x.length; i++) {
            x[i] = bounds.outer(i, z[i]);
            slopes[i] = bounds.slope(i, z[i]);
        }
    }

    private ArrayEvaluator evaluator() {
        if (evaluator == null) {
            evaluator = ArrayEvaluator.bind(formula, parameters);
        }
        return evaluator;
    }
}
