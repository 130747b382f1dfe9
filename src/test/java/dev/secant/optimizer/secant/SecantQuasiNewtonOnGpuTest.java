package dev.secant.optimizer.secant;

import ai.djl.Device;
import dev.secant.tensor.FirstGpu;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract suites of this package's methods on a GPU. */
@Tag("gpu")
class SecantQuasiNewtonOnGpuTest {

    @Nested
    class SecantQuasiNewton extends SecantQuasiNewtonContractTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }
}
