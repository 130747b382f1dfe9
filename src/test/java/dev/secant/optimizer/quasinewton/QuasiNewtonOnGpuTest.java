package dev.secant.optimizer.quasinewton;

import ai.djl.Device;
import dev.secant.tensor.FirstGpu;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract suites of this package's methods on a GPU. */
@Tag("gpu")
class QuasiNewtonOnGpuTest {

    @Nested
    class Lbfgs extends LbfgsTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }

    @Nested
    class Bfgs extends BfgsTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }

    @Nested
    class Sr1 extends Sr1Test {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }
}
