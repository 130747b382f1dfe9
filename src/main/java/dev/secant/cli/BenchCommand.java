package dev.secant.cli;

import dev.secant.cli.bench.BenchDevice;
import dev.secant.cli.bench.BenchFits;
import dev.secant.cli.bench.BenchSolvers;
import dev.secant.cli.bench.BenchStorages;
import dev.secant.evaluation.trial.RosenbrockBenchmark;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.newton.NonlinearConjugateGradient;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.tensor.TensorRuntime;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures speed. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchFits.class,
            BenchDevice.class,
            BenchStorages.class,
            BenchSolvers.class,
            BenchCommand.Minimize.class
        },
        description = "Measures speed.")
final class BenchCommand implements Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        SecantCommand.usage(spec);
    }

    /** Measures minimization. */
    @Command(
            name = "minimize",
            mixinStandardHelpOptions = true,
            description =
                    "The 1,000-dimensional Rosenbrock valley: the formula as minimizations evaluate it, the overhead of its"
                            + " tensors over hand-written ones, and 100 steps from 1 and 256 starts. Peers of other libraries are beside it in the test class"
                            + " SpeedReport: they are no part of the product.")
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    static final class Minimize implements Callable<Integer> {

        private static final List<Optimizer> OPTIMIZERS =
                List.of(new SecantQuasiNewton(), new Lbfgs(), new NonlinearConjugateGradient());

        @Option(
                names = "--device",
                defaultValue = "cpu",
                description = "Device: auto, cpu, gpu, gpu1, ... (default: ${DEFAULT-VALUE}).")
        private String device;

        @Option(
                names = "--starts",
                split = ",",
                defaultValue = "1,256",
                description = "Batch sizes (default: ${DEFAULT-VALUE}).")
        private int[] starts;

        @Option(
                names = "--seconds",
                defaultValue = "0.05",
                description = "Duration of a round in seconds; the best of twelve counts (default: ${DEFAULT-VALUE}).")
        private double seconds;

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            try (RosenbrockBenchmark benchmark =
                    new RosenbrockBenchmark(TensorRuntime.get().device(device), seconds)) {
                for (int batch : starts) {
                    RosenbrockBenchmark.Overhead overhead = benchmark.overhead(batch);
                    out.printf(
                            Locale.ROOT,
                            "value and gradient, %3d starts: formula %.3f ms, on tensors %.3f ms, tensors by hand %.3f ms,"
                                    + " ratio %.2f%n",
                            batch,
                            1e3 * overhead.minimizedSeconds(),
                            1e3 * overhead.tensorSeconds(),
                            1e3 * overhead.byHandSeconds(),
                            overhead.ratio());
                    for (Optimizer optimizer : OPTIMIZERS) {
                        RosenbrockBenchmark.Run run = benchmark.run(optimizer, batch, batch == 1 ? 10 : 3);
                        out.printf(
                                Locale.ROOT,
                                "%d steps, %3d starts, %-20s %8.4f s, %.5f s a start, %d evaluations, value %.4f%n",
                                RosenbrockBenchmark.STEPS,
                                batch,
                                run.method() + ":",
                                run.seconds(),
                                run.seconds() / batch,
                                run.evaluations(),
                                run.value());
                    }
                    out.flush();
                }
            }
            return 0;
        }
    }
}
