package dev.secant.jobs.devices;

import ai.djl.engine.EngineException;
import dev.secant.tensor.TensorRuntimeException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whose fault a failure is: the item's, the device's, or this process's memory's. */
final class DeviceErrors {

    /** What the engine says of a device that is full or broken; of a bad formula it says other things. */
    private static final List<String> SAID_OF_DEVICES = List.of(
            "out of memory",
            "not enough memory",
            "can't allocate memory",
            "cuda",
            "cudnn",
            "cublas",
            "cusolver",
            "nvrtc",
            "nccl",
            "device-side assert");

    private DeviceErrors() {}

    /** Whether the engine says that the device itself is full or broken. */
    static boolean isOfDevice(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof EngineException || cause instanceof TensorRuntimeException) {
                String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
                if (SAID_OF_DEVICES.stream().anyMatch(said::contains)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether this process ran out of heap or stack: what did it is never run again. */
    static boolean isOfProcess(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof OutOfMemoryError || cause instanceof StackOverflowError) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }
}
