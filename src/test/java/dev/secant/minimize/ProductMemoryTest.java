package dev.secant.minimize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.BoundObjective;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.Formula;
import dev.secant.tensor.NativeMemory;
import dev.secant.tensor.TensorRuntime;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A thousand exact products with a Hessian leave nothing behind: one array {@code [8, 4096]} each would make 256 MiB. */
class ProductMemoryTest {

    private static final int PRODUCTS = 1000;
    private static final long ALLOWED = 40L << 20;
    private static final String ROSENBROCK = "sum(100 * (x[2:n] - x[1:n-1]^2)^2 + (1 - x[1:n-1])^2)";

    @Test
    void memoryStaysFlat() {
        Assumptions.assumeTrue(NativeMemory.bytes().isPresent(), "The system does not say how large the process is.");
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                BoundObjective bound = CompiledObjective.compile(Formula.parse(ROSENBROCK), 4096, Map.of())
                        .bind(manager, DataType.FLOAT64, Map.of())) {
            BatchObjective objective = new BatchObjective(bound, null);
            NDArray x = manager.randomNormal(0, 1, new ai.djl.ndarray.types.Shape(8, 4096), DataType.FLOAT64);
            double first = products(objective, x, PRODUCTS); // heap and code have their size then
            int arrays = manager.getManagedArrays().size();
            long before = NativeMemory.bytes().orElseThrow();
            assertThat(products(objective, x, PRODUCTS)).isEqualTo(first);
            assertThat(manager.getManagedArrays()).hasSize(arrays);
            assertThat(NativeMemory.bytes().orElseThrow() - before).isLessThan(ALLOWED);
        }
    }

    private static double products(BatchObjective objective, NDArray x, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            try (NDArray product = objective.hessianVectorProduct(x, x)) {
                sum = Arrays.stream(product.toDoubleArray()).sum();
            }
        }
        return sum;
    }
}
