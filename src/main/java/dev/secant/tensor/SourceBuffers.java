package dev.secant.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps alive what arrays made from Java numbers are made of.
 *
 * <p>DJL 0.36 gives the engine the address of a direct buffer and forgets the buffer when the array is closed. A number in {@code
 * x.mul(2)} is such an array, closed at once, but the engine's graph still refers to it: a garbage collection before the backward
 * pass frees it, and the gradient is garbage. So a memory scope holds the buffers of all arrays made in it until it closes.
 */
final class SourceBuffers extends IdentityHashMap<NDArray, NDArray> {

    private static final long serialVersionUID = 1L;
    private static final Field RESOURCES = field(NDScope.class, "resources");
    private static final Field DATA = field(PtNDArray.class, "dataRef");

    private final transient List<Object> buffers = new ArrayList<>();

    private SourceBuffers() {}

    /** The scope, which from now on holds the buffers of what is made in it. */
    static NDScope retainedBy(NDScope scope) {
        try {
            RESOURCES.set(scope, new SourceBuffers());
            return scope;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("DJL's memory scope cannot be extended.", e);
        }
    }

    @Override
    public @Nullable NDArray put(NDArray key, NDArray value) {
        try {
            Object buffer = key instanceof PtNDArray ? DATA.get(key) : null;
            if (buffer != null) {
                buffers.add(buffer);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("DJL's arrays do not show their buffers.", e);
        }
        return super.put(key, value);
    }

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(
                    "DJL's %s has no field %s. Maybe another version of DJL is on the class path."
                            .formatted(type.getSimpleName(), name),
                    e);
        }
    }
}
