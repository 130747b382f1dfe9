package dev.secant.jobs.devices;

import ai.djl.Device;
import dev.secant.tensor.DeviceNames;

/**
 * A device of the pool.
 *
 * @param device the engine's name of it
 * @param limits what a batch on it may take
 * @param health whether it works; shared by all its lanes
 */
public record PooledDevice(Device device, DeviceLimits limits, DeviceHealth health) {

    /** {@code cpu}, {@code gpu0}, ... */
    public String name() {
        return DeviceNames.of(device);
    }

    /** What kind it is. */
    public DeviceKind kind() {
        return DeviceKind.of(device);
    }
}
