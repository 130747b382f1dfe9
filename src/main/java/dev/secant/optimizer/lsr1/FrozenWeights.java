package dev.secant.optimizer.lsr1;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.TensorRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Weights that no longer change, uploaded once to each device that asks for them, and shared by all threads.
 *
 * <p>They are freed with this object.
 */
final class FrozenWeights {

    private static final java.lang.ref.Cleaner CLEANER = java.lang.ref.Cleaner.create();

    private final Map<String, FloatTensor> values;
    private final Map<Device, Map<String, NDArray>> uploaded = new ConcurrentHashMap<>();

    FrozenWeights(Map<String, FloatTensor> values) {
        this.values = Map.copyOf(values);
    }

    Map<String, NDArray> on(Device device) {
        return uploaded.computeIfAbsent(device, this::upload);
    }

    private Map<String, NDArray> upload(Device device) {
        NDManager manager = TensorRuntime.get().newManager(device);
        CLEANER.register(this, manager::close);
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        values.forEach((name, tensor) -> {
            NDArray array = tensor.on(manager);
            // Not freed by the memory scope that happens to be open.
            ai.djl.ndarray.NDScope.unregister(array);
            arrays.put(name, array);
        });
        return Map.copyOf(arrays);
    }
}
