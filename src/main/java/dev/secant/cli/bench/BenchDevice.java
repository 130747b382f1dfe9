package dev.secant.cli.bench;

import ai.djl.Device;
import dev.secant.evaluation.trial.DeviceBenchmark;
import dev.secant.fit.FitSettings;
import dev.secant.tensor.DeviceNames;
import dev.secant.tensor.TensorRuntime;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures devices: what a batch of each size gives. */
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        description = "Prints people and problems per second by device, storage and batch size, as a Markdown table.")
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
public final class BenchDevice implements Callable<Integer> {

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "NAMES",
            description =
                    "Devices: auto (all GPUs, or the CPU), or names such as cpu,gpu0,gpu1 (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = "--batch",
            defaultValue = "1,8,64,512",
            split = ",",
            paramLabel = "SIZES",
            description = "Batch sizes (default: ${DEFAULT-VALUE}).")
    private List<Integer> batch;

    @Option(
            names = "--seconds",
            defaultValue = "1",
            description = "Minimum duration of each measurement in seconds (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!(seconds > 0) || batch.stream().anyMatch(size -> size < 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seconds (%s) and every size of --batch %s must be positive.".formatted(seconds, batch));
        }
        List<Device> devices = devices();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s, Java %s, %d cores. Fits: %d steps, networks on the device, energy on arrays. Problems: Rosenbrock's function of %d variables, %d steps.%n%n",
                TensorRuntime.get().version(),
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                FitSettings.DEFAULT_STEPS,
                DeviceBenchmark.DIMENSION,
                DeviceBenchmark.STEPS);
        out.println("| device | work | storage | batch | people or problems per second |");
        out.println("| --- | --- | --- | ---: | ---: |");
        for (Device each : devices) {
            new DeviceBenchmark(seconds).measure(each, batch, row -> out.printf(
                            Locale.ROOT,
                            "| %s | %s | %s | %d | %.1f |%n",
                            row.device(),
                            row.work(),
                            row.storage(),
                            row.batch(),
                            row.perSecond())
                    .flush());
        }
        return 0;
    }

    private List<Device> devices() {
        try {
            return DeviceNames.visible(device);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
