package dev.secant.minimize.run;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.ResidualObjective;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.ValueAndGradient;
import org.jspecify.annotations.Nullable;

/**
 * A formula {@code f = sum(r^2)} as Levenberg and Marquardt's method sees it, {@code f = ||sqrt(2) r||^2 / 2}.
 *
 * <p>All Jacobians of a batch come from one evaluation of m copies of each point: copy k is asked for the gradient of
 * residual k.
 */
final class SquaredResiduals implements ResidualObjective {

    private static final double ROOT_OF_TWO = Math.sqrt(2);

    private final BatchObjective residuals;
    private final boolean ownsResiduals;
    private final int items;
    private @Nullable BatchObjective copies;

    /**
     * @param residuals of the items, {@code [B, n]} to {@code [B, m]}; the caller's to close
     * @param items B
     */
    SquaredResiduals(BatchObjective residuals, int items) {
        this(residuals, false, items);
    }

    private SquaredResiduals(BatchObjective residuals, boolean ownsResiduals, int items) {
        this.residuals = residuals;
        this.ownsResiduals = ownsResiduals;
        this.items = items;
    }

    @Override
    public int dimension() {
        return residuals.dimension();
    }

    /** How many residuals an item has: m. */
    int size() {
        return residuals.resultSize();
    }

    @Override
    public SquaredResiduals select(int[] rows) {
        BatchObjective selected = residuals.select(rows);
        return new SquaredResiduals(selected, selected != residuals, rows.length);
    }

    @Override
    public void close() {
        if (copies != null) {
            residuals.release(copies);
            copies = null;
        }
        if (ownsResiduals) {
            residuals.close();
        }
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        return residuals.hasGradient()
                ? Autograd.valueAndGradient(this::value, x)
                : new ValueAndGradient(value(x), x.zerosLike());
    }

    private NDArray value(NDArray x) {
        return residuals.apply(x).square().sum(new int[] {1});
    }

    @Override
    public Linearization linearize(NDArray x) {
        int m = residuals.resultSize();
        int n = residuals.dimension();
        return Autograd.withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray leaf = Autograd.requireGradient(Autograd.detach(x).repeat(0, m)); // [B m, n]
                NDArray values = copies(m).apply(leaf); // [B m, m]
                NDArray weights =
                        x.getManager().eye(m).toType(x.getDataType(), false).tile(new long[] {items, 1});
                if (residuals.hasGradient()) {
                    Autograd.backward(values, weights, false);
                }
                NDArray jacobian = mul(Autograd.gradient(leaf).reshape(items, m, n), ROOT_OF_TWO);
                NDArray first = mul(Autograd.detach(values).reshape(items, m, m).get(":, 0"), ROOT_OF_TWO); // [B, m]
                return new Linearization(scope.keep(Autograd.detach(first)), scope.keep(Autograd.detach(jacobian)));
            }
        });
    }

    private BatchObjective copies(int m) {
        if (copies == null) {
            int[] rows = new int[items * m];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = i / m;
            }
            copies = residuals.select(rows);
        }
        return copies;
    }
}
