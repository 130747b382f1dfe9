package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.ValueAndGradient;
import java.util.function.UnaryOperator;

/**
 * B smooth functions of n variables, evaluated together.
 *
 * <p>Row b of every answer depends on row b of the points only. Non-finite values are answers, not errors: the optimizer
 * isolates the item.
 *
 * <p>Who owns what a selection holds: {@link #select} answers either with this objective itself, or with a new one that may share this
 * one's arrays and owns those that it added. Whoever selects hands the answer to {@link #release} when it is no longer needed, before this
 * objective is closed; only objectives whose arrays lie outside the JVM's heap have anything to free.
 */
public interface Objective extends AutoCloseable {

    /**
     * What a Hessian-vector product counts in evaluations of value and gradient: by differences it is two of them, and
     * an exact one costs about as much.
     */
    int PRODUCT_EVALUATIONS = 2;

    /** n. */
    int dimension();

    /**
     * Values and gradients.
     *
     * @param x {@code [B, n]}
     * @return values {@code [B]}, gradient {@code [B, n]}, without history
     */
    ValueAndGradient evaluate(NDArray x);

    /**
     * The objective that remains for some of the items.
     *
     * @param rows indices of the items kept, in their new order
     * @return an objective of {@code rows.length} items, for {@link #release}; this one exactly where it serves any items, as all share
     *     one function
     */
    Objective select(int[] rows);

    /**
     * Frees what a selection of this objective added to it.
     *
     * @param selection an answer of {@link #select}, not used again; where it is this objective nothing happens
     */
    default void release(Objective selection) {
        if (selection != this) {
            selection.close();
        }
    }

    /** Frees the arrays that this objective owns; unless overridden it owns none. */
    @Override
    default void close() {}

    /**
     * Products of the items' Hessians with directions. Unless overridden, by central differences of the gradient.
     *
     * @param x {@code [B, n]}
     * @param direction {@code [B, n]}
     * @return {@code H_b v_b}, {@code [B, n]}, without history
     */
    default NDArray hessianVectorProduct(NDArray x, NDArray direction) {
        return CentralDifferences.hessianVectorProduct(this, x, direction);
    }

    /**
     * One differentiable function for every item, its gradient by automatic differentiation.
     *
     * @param function maps {@code [B, n]} to {@code [B]}, row by row; its constants are made by {@link dev.secant.tensor.Tensors} and {@link
     *     dev.secant.tensor.ScalarMath}: the recorded graph would read what DJL's {@code x.mul(2)} borrows after it is freed
     */
    static Objective of(int dimension, UnaryOperator<NDArray> function) {
        return new Objective() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public ValueAndGradient evaluate(NDArray x) {
                return Autograd.valueAndGradient(function, x);
            }

            @Override
            public Objective select(int[] rows) {
                return this;
            }
        };
    }
}
