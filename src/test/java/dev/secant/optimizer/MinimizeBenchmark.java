package dev.secant.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.tensor.TensorRuntime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a whole minimization of eight steps costs in float32 on the CPU: Rosenbrock's function on plain arrays, which takes a
 * fraction of a microsecond, so that what is timed is the method; and the same on tensors.
 *
 * <pre>{@code
 * mvn -B test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.openjdk.jmh.Main \
 *     -Dexec.args="MinimizeBenchmark -f 0"
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class MinimizeBenchmark {

    private static final StopRule EIGHT_STEPS = StopRule.steps(8);

    /** A method and a way to run it. */
    public enum Method {
        LBFGS,
        LBFGS_ON_TENSORS,
        SR1,
        SECANT
    }

    /** What the objective is made of. */
    public enum Evaluator {
        ARRAYS,
        TENSORS
    }

    @Param
    Method method;

    @Param
    Evaluator evaluator;

    @Param({"85", "100"})
    int n;

    @Param({"1", "64"})
    int batch;

    private NDManager manager;
    private NDArray start;
    private Objective objective;

    @Setup(Level.Trial)
    public void open() {
        manager = TensorRuntime.get().newManager(Device.cpu());
        start = TestProblems.uniform(manager, batch, n, 2, 1, DataType.FLOAT32);
        objective = evaluator == Evaluator.ARRAYS ? TestProblems.rosenbrockOnArrays(n) : TestProblems.rosenbrock(n);
    }

    @TearDown(Level.Trial)
    public void close() {
        manager.close();
    }

    @Benchmark
    public double eightSteps() {
        try (Optimum optimum = minimize()) {
            return optimum.items().get(0).value();
        }
    }

    private Optimum minimize() {
        return switch (method) {
            case LBFGS -> new Lbfgs().minimize(objective, start, EIGHT_STEPS);
            case LBFGS_ON_TENSORS ->
                new OnStorage(new Lbfgs(), Storage.TENSORS).minimize(objective, start, EIGHT_STEPS);
            case SR1 -> new Sr1().minimize(objective, start, EIGHT_STEPS);
            case SECANT -> new SecantQuasiNewton().minimize(objective, start, EIGHT_STEPS);
        };
    }
}
