package dev.secant.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceBuffersTest {

    /** Numbers in a formula are saved by the graph; without the scope's hold on them this gives another gradient. */
    @Test
    void aCollectionBeforeTheBackwardPassDoesNotChangeTheGradient() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray x = manager.create(new double[] {2, 3}, new Shape(1, 2));
            double expected = Math.pow(1.01, 200);
            for (int round = 0; round < 3; round++) {
                ValueAndGradient result = Autograd.valueAndGradient(SourceBuffersTest::growth, x);
                for (double component : result.gradient().toDoubleArray()) {
                    assertThat(component).isEqualTo(expected, within(1e-9));
                }
            }
        }
    }

    private static NDArray growth(NDArray x) {
        NDArray values = x;
        for (int i = 0; i < 200; i++) {
            values = values.mul(1.01);
        }
        NDArray sums = values.sum(new int[] {1});
        overwriteFreedMemory();
        return sums;
    }

    private static void overwriteFreedMemory() {
        List<ByteBuffer> garbage = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            System.gc();
            // Reserving direct memory also waits for what the collection found to be freed.
            for (int i = 0; i < 2000; i++) {
                garbage.add(ByteBuffer.allocateDirect(8).putDouble(0, 1e6 + i));
            }
        }
        assertThat(garbage).hasSize(10_000);
    }
}
