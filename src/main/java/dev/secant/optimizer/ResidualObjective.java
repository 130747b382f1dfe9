package dev.secant.optimizer;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.ValueAndGradient;
import java.util.function.UnaryOperator;

/** B sums of squares {@code f = ||r(x)||^2 / 2} of m residuals in n variables. */
public interface ResidualObjective extends Objective {

    /**
     * Residuals and their derivatives.
     *
     * @param residuals {@code [B, m]}
     * @param jacobian {@code [B, m, n]}
     */
    record Linearization(NDArray residuals, NDArray jacobian) {}

    /** The residuals and their Jacobian at {@code x [B, n]}, without history. */
    Linearization linearize(NDArray x);

    @Override
    ResidualObjective select(int[] rows);

    /** {@code ||r||^2 / 2} and {@code J'r}; overridden where these are cheaper than the Jacobian. */
    @Override
    default ValueAndGradient evaluate(NDArray x) {
        Linearization at = linearize(x);
        NDArray values = mul(at.residuals().square().sum(new int[] {1}), 0.5);
        NDArray gradient =
                at.residuals().expandDims(1).batchMatMul(at.jacobian()).squeeze(1);
        return new ValueAndGradient(values, gradient);
    }

    /**
     * The residuals of one differentiable function for every item; the Jacobian costs one backward pass a residual.
     *
     * @param function maps {@code [B, n]} to {@code [B, m]}, row by row
     */
    static ResidualObjective of(int dimension, UnaryOperator<NDArray> function) {
        return new ResidualObjective() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public Linearization linearize(NDArray x) {
                ValueAndGradient at = Autograd.valueAndJacobian(function, x);
                return new Linearization(at.values(), at.gradient());
            }

            @Override
            public ValueAndGradient evaluate(NDArray x) {
                return Autograd.valueAndGradient(
                        point -> mul(function.apply(point).square().sum(new int[] {1}), 0.5), x);
            }

            @Override
            public ResidualObjective select(int[] rows) {
                return this;
            }
        };
    }
}
