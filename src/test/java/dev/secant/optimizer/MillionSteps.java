package dev.secant.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.tensor.TensorRuntime;

/**
 * Prints the native memory during a million steps (or as many as the first argument says) of each method on the CPU.
 *
 * <pre>{@code
 * mvn -B test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=dev.secant.optimizer.MillionSteps
 * }</pre>
 */
public final class MillionSteps {

    private static final int REPORTS = 10;
    private static final int STEPS = 500;

    private MillionSteps() {}

    /** Runs and prints. */
    public static void main(String[] arguments) {
        int steps = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        for (Optimizer method : NativeMemoryTest.all()) {
            try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
                NDArray start = TestProblems.uniform(manager, 1, 85, 1, 1, DataType.FLOAT32);
                Objective objective = TestProblems.rosenbrock(85);
                int done = 0;
                int reported = 0;
                while (done < steps) {
                    try (Optimum optimum = method.minimize(objective, start, StopRule.steps(STEPS))) {
                        done += optimum.items().get(0).steps();
                    }
                    if (done >= (long) steps * (reported + 1) / REPORTS) {
                        reported++;
                        System.out.printf(
                                "%s: %d steps, %d MiB native, %d arrays%n",
                                method.name(),
                                done,
                                NativeMemory.bytes().orElse(0) >> 20,
                                manager.getManagedArrays().size());
                    }
                }
            }
        }
    }
}
