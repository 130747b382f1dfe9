package dev.secant.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/**
 * A memory scope: every array that this thread makes while it is open is freed when it closes, except those kept.
 *
 * <pre>{@code
 * try (MemoryScope scope = MemoryScope.open()) {
 *     NDArray step = direction.mul(length);
 *     return scope.keep(x.add(step));
 * }
 * }</pre>
 *
 * <p>Scopes nest: a kept array belongs to the scope around, and where there is none to the {@code NDManager} it was
 * made by. One thread opens and closes a scope.
 */
public final class MemoryScope implements AutoCloseable {

    private final NDScope scope = new NDScope();
    private final List<NDArray> kept = new ArrayList<>(4);

    private MemoryScope() {}

    /** Opens a scope on this thread. */
    public static MemoryScope open() {
        return new MemoryScope();
    }

    /**
     * Takes an array that was just made out of the innermost open scope, if there is one: the manager that made it owns it from now on.
     * For constants that are made when they are first needed.
     *
     * @return the array
     */
    public static NDArray lasting(NDArray array) {
        NDScope.unregister(array);
        return array;
    }

    /** Hands an array made in this scope to the scope around it, so that it outlives this one. */
    public NDArray keep(NDArray array) {
        NDScope.unregister(array);
        kept.add(array);
        return array;
    }

    @Override
    public void close() {
        scope.close();
        for (NDArray array : kept) {
            NDScope.register(array);
        }
    }
}
