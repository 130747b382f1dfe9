package dev.secant.optimizer;

import ai.djl.Device;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a batch is to be minimized.
 *
 * @param device that holds tensors, if there are any
 * @param forced the storage to use; empty leaves it to {@link StorageChoice}
 */
public record Execution(Device device, Optional<Storage> forced) {

    /** The system property that forces a storage for the whole process: {@code arrays}, {@code tensors} or {@code auto}, the default. */
    public static final String PROPERTY = "secant.storage";

    private static final Execution ON_CPU = new Execution(Device.cpu(), byProperty());

    /** On a device, with the storage of the process. */
    public static Execution on(Device device) {
        return device.equals(ON_CPU.device) ? ON_CPU : new Execution(device, ON_CPU.forced);
    }

    /** Where the points are, with the storage of the process. */
    public static Execution of(Points start) {
        return on(start.device());
    }

    /** The same with a storage forced. */
    public Execution with(Storage storage) {
        return new Execution(device, Optional.of(storage));
    }

    /** The same for a method that is made for one storage: it is used unless another one is forced. */
    public Execution preferring(Storage storage) {
        return forced.isPresent() ? this : with(storage);
    }

    private static Optional<Storage> byProperty() {
        String name = System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "auto" -> Optional.empty();
            case "arrays" -> Optional.of(Storage.ARRAYS);
            case "tensors" -> Optional.of(Storage.TENSORS);
            default ->
                throw new IllegalArgumentException(
                        "The system property %s (%s) must be auto, arrays or tensors.".formatted(PROPERTY, name));
        };
    }
}
