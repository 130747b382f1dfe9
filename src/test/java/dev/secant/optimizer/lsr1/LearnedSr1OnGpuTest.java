package dev.secant.optimizer.lsr1;

import ai.djl.Device;
import dev.secant.tensor.FirstGpu;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract suites of this package's methods on a GPU. */
@Tag("gpu")
class LearnedSr1OnGpuTest {

    @Nested
    class AsReleased extends LearnedSr1ContractTest.AsReleased {

        AsReleased() {
            new LearnedSr1ContractTest().super();
        }

        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }

    @Nested
    class AsWritten extends LearnedSr1ContractTest.AsWritten {

        AsWritten() {
            new LearnedSr1ContractTest().super();
        }

        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }
}
