package dev.secant.jobs.devices;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;

/** Tries whether a device computes; on the thread of a lane. */
@FunctionalInterface
interface DeviceProbe {

    /** @throws RuntimeException if the device does not compute */
    void run(Device device);

    /** A small product, and whether it is right. */
    static void multiply(Device device) {
        try (NDManager manager = TensorRuntime.get().newManager(device)) {
            NDArray numbers = Tensors.of(manager, new double[][] {{1, 2}, {3, 4}});
            double[] product = numbers.matMul(numbers).toDoubleArray();
            if (product[3] != 22) {
                throw new IllegalStateException(
                        "The device (%s) computes 3*2 + 4*4 as %s.".formatted(device, product[3]));
            }
        }
    }
}
