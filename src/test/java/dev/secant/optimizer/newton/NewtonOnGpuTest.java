package dev.secant.optimizer.newton;

import ai.djl.Device;
import dev.secant.tensor.FirstGpu;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract suites of this package's methods on a GPU. */
@Tag("gpu")
class NewtonOnGpuTest {

    @Nested
    class LevenbergMarquardt extends LevenbergMarquardtTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }

    @Nested
    class NewtonCg extends NewtonCgTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }

    @Nested
    class NonlinearConjugateGradient extends NonlinearConjugateGradientTest {
        @Override
        protected Device device() {
            return FirstGpu.orSkip();
        }
    }
}
