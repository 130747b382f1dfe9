package dev.secant.minimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.secant.objective.BoundObjective;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.ValueAndGradient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bound formula, and a box if there is one, as the optimizers see it. */
final class BatchObjective implements Objective {

    private final BoundObjective values;
    private final Box.@Nullable Map box;

    BatchObjective(BoundObjective values, Box.@Nullable Map box) {
        this.values = values;
        this.box = box;
    }

    @Override
    public int dimension() {
        return values.dimension();
    }

    /** How many numbers {@link #apply} gives for each item. */
    int resultSize() {
        return values.compiled().resultSize();
    }

    /** The values, or the residuals, at z. */
    NDArray apply(NDArray z) {
        return values.apply(outer(z));
    }

    /** The request's variables at z. */
    NDArray outer(NDArray z) {
        return box == null ? z : box.apply(z);
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        return Autograd.valueAndGradient(this::apply, x);
    }

    /** Exactly: the gradient of the derivative along the direction. */
    @Override
    public NDArray hessianVectorProduct(NDArray x, NDArray direction) {
        try (MemoryScope scope = MemoryScope.open()) {
            return scope.keep(Autograd.valueAndGradient(z -> directionalDerivative(z, direction), x)
                    .gradient());
        }
    }

    private NDArray directionalDerivative(NDArray z, NDArray direction) {
        return box == null
                ? values.directionalDerivative(z, direction)
                : values.directionalDerivative(box.apply(z), box.slope(z).mul(direction));
    }

    @Override
    public BatchObjective select(int[] rows) {
        BoundObjective selected = values.select(rows);
        if (box == null) {
            return selected == values ? this : new BatchObjective(selected, null);
        }
        long[] indices = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            indices[i] = rows[i];
        }
        NDArray index = box.sine().getManager().create(indices);
        Box.Map kept = box.select(index);
        // The optimizer selects within a step, and goes on with the selection after it.
        List.of(index, kept.sine(), kept.root(), kept.same(), kept.offset()).forEach(NDScope::unregister);
        return new BatchObjective(selected, kept);
    }
}
