package dev.secant.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.tensor.TensorRuntime;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a minimization of one problem costs on arrays, beside the classes of another commit: two JVMs in turn, each several times.
 *
 * <pre>{@code
 * mvn test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=dev.secant.optimizer.StorageBenchmark \
 *     -Dexec.args="compare ../other/target/classes 5"
 * }</pre>
 *
 * <p>It names only what both commits have; optimizers are looked up by name, wherever their package is.
 */
public final class StorageBenchmark {

    private static final int[] SIZES = {2, 85, 1000};
    private static final String[] METHODS = {"Lbfgs", "SecantQuasiNewton", "Sr1"};
    private static final String[] PACKAGES = {"", "quasinewton.", "secant."};
    private static final int STEPS = 50;
    private static final int CALLS = 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SAMPLES = 15;
    private static final double WARM_UP_SECONDS = 2;
    private static final double SAMPLE_SECONDS = 0.15;

    private StorageBenchmark() {}

    /** Measures; or compares with other classes, in so many JVMs each. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3 && arguments[0].equals("compare")) {
            compare(arguments[1], Integer.parseInt(arguments[2]));
        } else {
            measure();
        }
    }

    private static void measure() throws ReflectiveOperationException {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            for (String method : METHODS) {
                for (int n : SIZES) {
                    Optimizer optimizer = optimizer(method);
                    ArrayObjective objective = TestProblems.rosenbrockOnArrays(n);
                    NDArray start = TestProblems.uniform(manager, 1, n, 2, 1, DataType.FLOAT64);
                    Runnable once = () -> optimizer
                            .minimize(objective, start, StopRule.steps(STEPS))
                            .close();
                    seconds(once, WARM_UP_SECONDS);
                    double[] samples = new double[SAMPLES];
                    Arrays.setAll(samples, sample -> seconds(once, SAMPLE_SECONDS) * 1e6);
                    Arrays.sort(samples);
                    System.out.printf("%s %d %.3f %.3f%n", method, n, samples[0], samples[SAMPLES / 2]);
                }
            }
        }
    }

    private static Optimizer optimizer(String name) throws ReflectiveOperationException {
        for (String at : PACKAGES) {
            try {
                return (Optimizer) Class.forName("dev.secant.optimizer." + at + name)
                        .getConstructor()
                        .newInstance();
            } catch (ClassNotFoundException elsewhere) {
                continue;
            }
        }
        throw new ClassNotFoundException(name);
    }

    /** The thread's own time, so that a busy machine changes little. */
    private static double seconds(Runnable once, double atLeast) {
        long begin = THREADS.getCurrentThreadCpuTime();
        long now = begin;
        int times = 0;
        while ((now - begin) * 1e-9 < atLeast) {
            for (int i = 0; i < CALLS; i++) {
                once.run();
            }
            times += CALLS;
            now = THREADS.getCurrentThreadCpuTime();
        }
        return (now - begin) * 1e-9 / times;
    }

    private static void compare(String otherClasses, int forks) {
        String own = System.getProperty("java.class.path");
        String ownClasses = Arrays.stream(own.split(File.pathSeparator))
                .filter(entry -> new File(entry, "dev/secant/optimizer/Optimizer.class").exists())
                .findFirst()
                .orElseThrow();
        Map<String, List<double[]>> ours = new LinkedHashMap<>();
        Map<String, List<double[]>> theirs = new LinkedHashMap<>();
        for (int fork = 0; fork < forks; fork++) {
            run(own.replace(ownClasses, otherClasses), theirs);
            run(own, ours);
        }
        System.out.println("microseconds a minimization of " + STEPS + " steps: other commit, this one, ratio");
        ours.forEach((key, rows) -> {
            double[] minima = {least(theirs.get(key), 0), least(rows, 0)};
            double[] medians = {median(theirs.get(key), 1), median(rows, 1)};
            System.out.printf(
                    "%-22s minimum %9.2f %9.2f %5.3f   median %9.2f %9.2f %5.3f%n",
                    key, minima[0], minima[1], minima[1] / minima[0], medians[0], medians[1], medians[1] / medians[0]);
        });
    }

    private static double least(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).min().orElseThrow();
    }

    private static double median(List<double[]> rows, int column) {
        double[] sorted = rows.stream().mapToDouble(row -> row[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void run(String classpath, Map<String, List<double[]>> into) {
        try {
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-cp",
                            classpath,
                            StorageBenchmark.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            for (String line : output.lines().toList()) {
                String[] parts = line.split(" ");
                if (parts.length == 4) {
                    into.computeIfAbsent(parts[0] + " n=" + parts[1], key -> new ArrayList<>())
                            .add(new double[] {Double.parseDouble(parts[2]), Double.parseDouble(parts[3])});
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
