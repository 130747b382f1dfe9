package dev.secant.evaluation;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.ValueAndGradient;

/**
 * One function in two forms: on tensors, for large batches and devices, and on plain arrays, for methods that work on those.
 *
 * @param tensors the function on tensors
 * @param arrays the same on arrays
 */
record ArrayForm(Objective tensors, Function arrays) implements ArrayObjective {

    /** A function on an array. */
    @FunctionalInterface
    interface Function {

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
    public Objective select(int[] rows) {
        return this;
    }
}
