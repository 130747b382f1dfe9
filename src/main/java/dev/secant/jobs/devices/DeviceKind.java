package dev.secant.jobs.devices;

import ai.djl.Device;

/** What kind of device: the batches that suit it and the memory it has differ by orders of magnitude. */
public enum DeviceKind {
    /** The processor. */
    CPU,
    /** An accelerator. */
    GPU;

    /** The kind of a device. */
    public static DeviceKind of(Device device) {
        return device.isGpu() ? GPU : CPU;
    }
}
