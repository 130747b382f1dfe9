package dev.secant.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Products with the matrices give the identity, for sizes that are halved never, once and three times, evenly or not. */
class PositiveDefiniteInverseTest {

    @Test
    void timesTheMatrixIsTheIdentity() {
        SplittableRandom random = new SplittableRandom(2);
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            for (int size : new int[] {1, 16, 17, 46, 85}) {
                double[] factors = new double[3 * size * (size + 2)];
                for (int i = 0; i < factors.length; i++) {
                    factors[i] = random.nextGaussian();
                }
                NDArray a = Tensors.of(manager, factors, new Shape(3, size, size + 2));
                NDArray matrices = a.batchMatMul(a.swapAxes(1, 2)).add(manager.eye(size));
                double[] product = PositiveDefiniteInverse.of(matrices)
                        .batchMatMul(matrices)
                        .toDoubleArray();
                for (int i = 0; i < product.length; i++) {
                    int place = i % (size * size);
                    assertThat(product[i]).isCloseTo(place % (size + 1) == 0 ? 1 : 0, within(1e-9));
                }
            }
        }
    }
}
