package dev.secant.fit;

import ai.djl.Device;
import dev.secant.tensor.FirstGpu;
import org.junit.jupiter.api.Tag;

/** {@link FitEnergyTest} with the tensors on a GPU. */
@Tag("gpu")
class FitEnergyOnGpuTest extends FitEnergyTest {

    @Override
    Device device() {
        return FirstGpu.orSkip();
    }
}
