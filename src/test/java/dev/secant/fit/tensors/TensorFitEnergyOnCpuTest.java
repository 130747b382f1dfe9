package dev.secant.fit.tensors;

import ai.djl.Device;

/** The contract on the CPU. */
class TensorFitEnergyOnCpuTest extends TensorFitEnergyContract {

    @Override
    protected Device device() {
        return Device.cpu();
    }
}
