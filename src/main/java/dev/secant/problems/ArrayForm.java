package dev.secant.problems;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.ValueAndGradient;
import java.util.function.UnaryOperator;

/**
 * One function in three forms: on tensors, for large batches and devices; on plain arrays, for methods that work on those; and
 * its gradient on tensors, to be differentiated once more.
 *
 * @param tensors the function on tensors
 * @param arrays the same on arrays
 * @param gradient {@code [B, n]} of {@code [B, n]}
 */
public record ArrayForm(Objective tensors, Function arrays, UnaryOperator<NDArray> gradient)
        implements ArrayObjective, GradientGraph {

    /** A function on an array. */
    @FunctionalInterface
    public interface Function {

        /** The value at x; writes the gradient. */
        double evaluate(double[] x, double[] gradient);
    }

    @Override
    public int dimension() {
        return tensors.dimension();
    }

    @Override
    public double evaluate(int item, double[] x, double[] gradient) {
        return arrays.evaluate(x, gradient);
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        return tensors.evaluate(x);
    }

    @Override
    public NDArray hessianVectorProduct(NDArray x, NDArray direction) {
        return tensors.hessianVectorProduct(x, direction);
    }

    @Override
    public NDArray gradientGraph(NDArray x) {
        return gradient.apply(x);
    }

    @Override
    public Objective select(int[] rows) {
        return this;
    }
}
