package dev.secant.optimizer.amortized;

import ai.djl.Device;
import dev.secant.tensor.FirstGpu;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract suites of this package's methods on a GPU. */
@Tag("gpu")
class AmortizedSr1OnGpuTest {

    @Nested
    class AmortizedSr1 extends AmortizedSr1ContractTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }
}
