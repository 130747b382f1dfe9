package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.syntax.Formula;
import dev.secant.tensor.NativeMemory;
import dev.secant.tensor.TensorRuntime;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand exact products with a Hessian leave nothing behind: one array {@code [8, 4096]} each would make 128 MiB or more. */
class ProductMemoryTest {

    private static final int PRODUCTS = 1000;
    private static final int ROUNDS = 3;
    private static final long ALLOWED = 40L << 20;
    private static final String ROSENBROCK = "sum(100 * (x[2:n] - x[1:n-1]^2)^2 + (1 - x[1:n-1])^2)";

    /** Here float64 is computed on plain arrays, float32 on tensors. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void memoryStaysFlat(DataType type) {
        Assumptions.assumeTrue(NativeMemory.bytes().isPresent(), "The system does not say how large the process is.");
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                BatchObjective objective = BatchObjective.bind(
                        CompiledObjective.compile(Formula.parse(ROSENBROCK), 4096, Map.of()),
                        Map.of(),
                        null,
                        manager,
                        type)) {
            NDArray x = manager.randomNormal(0, 1, new ai.djl.ndarray.types.Shape(8, 4096), type);
            double first = products(objective, x, PRODUCTS); // heap and code have their size then
            int arrays = manager.getManagedArrays().size();
            // Pages of the heap that are touched for the first time count too; what leaks is in every round.
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && least >= ALLOWED; round++) {
                long before = NativeMemory.bytes().orElseThrow();
                assertThat(products(objective, x, PRODUCTS)).isEqualTo(first);
                assertThat(manager.getManagedArrays()).hasSize(arrays);
                least = Math.min(least, NativeMemory.bytes().orElseThrow() - before);
            }
            assertThat(least).isLessThan(ALLOWED);
        }
    }

    private static double products(BatchObjective objective, NDArray x, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            try (NDArray product = objective.hessianVectorProduct(x, x);
                    NDArray wide = product.toType(DataType.FLOAT64, true)) {
                sum = Arrays.stream(wide.toDoubleArray()).sum();
            }
        }
        return sum;
    }
}
