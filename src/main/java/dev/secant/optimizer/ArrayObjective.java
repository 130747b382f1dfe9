package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.tensor.ValueAndGradient;

/**
 * An objective evaluated on plain arrays, one item at a time: for functions that take microseconds, where tensors would cost
 * more than the function itself. Methods whose bookkeeping runs on arrays call it directly.
 */
public interface ArrayObjective extends Objective {

    /**
     * Value and gradient of one item.
     *
     * @param item its place among the items
     * @param x the point, {@code [n]}; not to be modified
     * @param gradient receives the gradient, {@code [n]}
     * @return the value
     */
    double evaluate(int item, double[] x, double[] gradient);

    /** Whether so many items are evaluated faster here, one by one, than together on tensors. */
    default boolean suits(int items) {
        return true;
    }

    /** Whether Hessian-vector products of so many items are faster here than on tensors. */
    default boolean productsSuit(int items) {
        return suits(items);
    }

    /**
     * Product of one item's Hessian with a direction. Unless overridden, by central differences of the gradient.
     *
     * @param item its place among the items
     * @param x the point, {@code [n]}; not to be modified
     * @param direction {@code [n]}; not to be modified
     * @param epsilon the unit of rounding of the points' data type
     * @param product receives {@code H v}, {@code [n]}
     */
    default void hessianVectorProduct(int item, double[] x, double[] direction, double epsilon, double[] product) {
        CentralDifferences.hessianVectorProduct(this, item, x, direction, epsilon, product);
    }

    @Override
    default ValueAndGradient evaluate(NDArray x) {
        NDManager manager = x.getManager();
        DataType type = x.getDataType();
        int n = dimension();
        double[] points = HostArrays.doubles(x);
        int size = points.length / n;
        double[] values = new double[size];
        double[] gradients = new double[size * n];
        double[] point = new double[n];
        double[] gradient = new double[n];
        for (int item = 0; item < size; item++) {
            System.arraycopy(points, item * n, point, 0, n);
            values[item] = evaluate(item, point, gradient);
            System.arraycopy(gradient, 0, gradients, item * n, n);
        }
        return new ValueAndGradient(
                HostArrays.create(manager, type, values, size), HostArrays.create(manager, type, gradients, size, n));
    }
}
