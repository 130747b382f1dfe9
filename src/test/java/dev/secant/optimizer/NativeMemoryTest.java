package dev.secant.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.firstorder.Adam;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.optimizer.lsr1.Sr1Settings.Variant;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.tensor.NativeMemory;
import dev.secant.tensor.TensorRuntime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Four hundred steps at flat memory: no array that the engine counts stays, and the process does not grow. An array {@code [8,
 * 4096]} that every step left behind would make 100 MiB. A leak grows in every window of 400 steps, while the JVM's own compiler and
 * heap, which share the process, are quiet in most: the quietest counts. {@code evaluate cost --soak 1000000} does the same for longer.
 */
class NativeMemoryTest {

    private static final int ROUNDS = 8;
    private static final int STEPS = 50;
    private static final int WINDOWS = 4;
    private static final long ALLOWED = 50L << 20;

    static Stream<Optimizer> methods() {
        return all().stream();
    }

    static List<Optimizer> all() {
        Sr1Settings small = new Sr1Settings(Variant.AS_WRITTEN, 4, 4, 4, 1e-4, 0.001);
        LearnedSr1 learned = new LearnedSr1(small, new Sr1Networks(small).initialise(1));
        return List.of(
                new OnStorage(new Lbfgs(), Storage.TENSORS),
                new OnStorage(new Adam(1e-3), Storage.TENSORS),
                new OnStorage(learned, Storage.TENSORS),
                new OnStorage(learned, Storage.ARRAYS),
                new Lbfgs(),
                new Sr1());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void memoryStaysFlat(Optimizer method) {
        Assumptions.assumeTrue(NativeMemory.bytes().isPresent(), "The system does not say how large the process is.");
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray start = TestProblems.uniform(manager, 8, 4096, 1, 1, DataType.FLOAT64);
            Objective objective = TestProblems.rosenbrock(4096);
            rounds(method, objective, start, ROUNDS); // heap and code have their size then
            int arrays = manager.getManagedArrays().size();
            long least = Long.MAX_VALUE;
            for (int window = 0; window < WINDOWS && least >= ALLOWED; window++) {
                long before = NativeMemory.bytes().orElseThrow();
                rounds(method, objective, start, ROUNDS);
                least = Math.min(least, NativeMemory.bytes().orElseThrow() - before);
            }
            assertThat(manager.getManagedArrays()).hasSize(arrays);
            assertThat(least).as("bytes grown in the quietest window").isLessThan(ALLOWED);
        }
    }

    private static void rounds(Optimizer method, Objective objective, NDArray start, int rounds) {
        for (int round = 0; round < rounds; round++) {
            method.minimize(objective, start, StopRule.steps(STEPS)).close();
        }
    }
}
