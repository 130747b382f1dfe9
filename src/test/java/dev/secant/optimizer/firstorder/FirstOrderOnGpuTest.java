package dev.secant.optimizer.firstorder;

import ai.djl.Device;
import dev.secant.tensor.FirstGpu;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract suites of this package's methods on a GPU. */
@Tag("gpu")
class FirstOrderOnGpuTest {

    @Nested
    class AdaHessian extends AdaHessianTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }

    @Nested
    class Adam extends AdamTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }

    @Nested
    class GradientDescent extends GradientDescentTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }

    @Nested
    class NesterovGradient extends NesterovGradientTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }
}
