package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.secant.optimizer.RowSelection;
import org.jspecify.annotations.Nullable;

/**
 * An array that an optimizer holds from one step to the next: it survives the memory scope of the step that made it, and
 * is freed when it is replaced.
 *
 * <p>An array is held by one {@code OwnedArray} at most. It is set by the scope that made the array.
 */
public final class OwnedArray implements AutoCloseable {

    private @Nullable NDArray array;

    public boolean isEmpty() {
        return array == null;
    }

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
    public void keep(RowSelection rows) {
        if (array != null && !rows.isAll()) {
            set(rows.of(array));
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
