package dev.secant.evaluation.trial;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.problems.ProblemSet;
import dev.secant.problems.Rosenbrock;
import dev.secant.tensor.NativeMemory;
import dev.secant.tensor.TensorRuntime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Measures what steps of a method cost on Rosenbrock's function in float64, apart from the function.
 *
 * @param device to run on
 * @param seconds spent on a measurement, at least one run of it
 * @param limitSeconds a run ends after this, with fewer steps
 */
public record CostTrial(Device device, double seconds, double limitSeconds) {

    private static final int MOST_ROUNDS = 50;
    private static final int SOAK_STEPS = 500;
    public static final int TENTHS = 10;

    /**
     * What a step costs.
     *
     * @param seconds of a step of the whole batch, apart from the function; the best of all runs
     * @param heapBytes allocated on the JVM's heap in a step, garbage included; negative where the JVM does not say
     * @param nativeBytes that the process held outside the heap at the peak of the last run, more than before; negative where
     *     the system does not say
     */
    public record Cost(double seconds, double heapBytes, double nativeBytes) {}

    /** Measures so many steps of a batch. */
    public Cost measure(Optimizer optimizer, int n, int batch, int steps) {
        try (NDManager manager = TensorRuntime.get().newManager(device)) {
            ProblemSet problems = new Rosenbrock().draw(batch, n, DataType.FLOAT64, new SplittableRandom(1), manager);
            StepClock clock = new StepClock((ArrayObjective) problems.objective());
            StopRule rule = StopRule.steps(steps).withTimeLimit(Duration.ofMillis((long) (1e3 * limitSeconds)));
            long deadline = System.nanoTime() + (long) (1e9 * seconds);
            double best = Double.POSITIVE_INFINITY;
            double heap = -1;
            double peak = -1;
            for (int round = 0; round < MOST_ROUNDS && (round == 0 || System.nanoTime() < deadline); round++) {
                clock.restart();
                OptionalLong nativeBefore = NativeMemory.resetPeak();
                long heapBefore = allocated();
                try (Optimum optimum = optimizer.minimize(clock, problems.start(), rule)) {
                    int made = optimum.items().stream()
                            .mapToInt(Optimum.Outcome::steps)
                            .max()
                            .orElseThrow();
                    best = Math.min(best, clock.secondsAStep(made));
                    heap = heapBefore < 0 ? -1 : (allocated() - heapBefore) / (double) made;
                }
                peak = nativeBefore.isEmpty() ? -1 : NativeMemory.peakBytes().orElseThrow() - nativeBefore.getAsLong();
            }
            return new Cost(best, heap, peak);
        }
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : -1;
    }

    /**
     * Runs many steps on one problem, a new run every {@value #SOAK_STEPS}.
     *
     * @param onTenth called after each tenth of the steps
     * @return native bytes after each tenth of the steps
     */
    public List<Long> soak(Optimizer optimizer, int n, int steps, Runnable onTenth) {
        List<Long> bytes = new ArrayList<>();
        try (NDManager manager = TensorRuntime.get().newManager(device)) {
            ProblemSet problems = new Rosenbrock().draw(1, n, DataType.FLOAT64, new SplittableRandom(1), manager);
            int done = 0;
            while (done < steps) {
                try (Optimum optimum =
                        optimizer.minimize(problems.objective(), problems.start(), StopRule.steps(SOAK_STEPS))) {
                    done += optimum.items().get(0).steps();
                }
                while (done >= (long) steps * (bytes.size() + 1) / TENTHS && bytes.size() < TENTHS) {
                    bytes.add(NativeMemory.bytes().orElse(0));
                    onTenth.run();
                }
            }
        }
        return bytes;
    }
}
