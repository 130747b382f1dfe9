package dev.secant.optimizer.vectors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import dev.secant.optimizer.RowSelection;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array that an optimizer holds from one step to the next: it survives the memory scope of the step that made it, and
 * is freed when it is replaced.
 *
 * <p>An array is held by one {@code OwnedArray} at most. It is set by the scope that made the array.
 */
public final class OwnedArray implements AutoCloseable {

    private @Nullable NDArray array;

    public NDArray get() {
        if (array == null) {
            throw new IllegalStateException("The state is empty.");
        }
        return array;
    }

    public void set(NDArray next) {
        if (next != array) {
            NDScope.unregister(next);
            close();
            array = next;
        }
    }

    /** Keeps some of its rows. */
    @SuppressWarnings("try")
    public void keep(RowSelection rows) {
        if (array != null && !rows.isAll()) {
            try (MemoryScope scope = MemoryScope.open()) {
                long[] indices = Arrays.stream(rows.indices()).asLongStream().toArray();
                set(array.get(new NDIndex("{}", Tensors.of(array.getManager(), indices))));
            }
        }
    }

    /** Frees the array and is empty again. */
    @Override
    public void close() {
        if (array != null) {
            array.close();
            array = null;
        }
    }
}
