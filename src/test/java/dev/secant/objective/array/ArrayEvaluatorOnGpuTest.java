package dev.secant.objective.array;

import ai.djl.Device;
import dev.secant.tensor.FirstGpu;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** {@link ArrayEvaluatorTest} with the tensors on a GPU. */
@Tag("gpu")
class ArrayEvaluatorOnGpuTest extends ArrayEvaluatorTest {

    @Override
    Device device() {
        return FirstGpu.orSkip();
    }

    /** Tests that need no tensors are no tests of the GPU. */
    @BeforeEach
    void skipWithoutGpu() {
        device();
    }

    /** Not a property here: jqwik cannot skip one. The formulas at kinks and poles use every operation. */
    @Override
    void agreesWithTensors(String source) {
        super.agreesWithTensors(source);
    }
}
