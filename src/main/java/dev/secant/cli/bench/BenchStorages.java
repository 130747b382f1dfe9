package dev.secant.cli.bench;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.evaluation.body.FitStorageTrial;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.optimizer.Storage;
import dev.secant.tensor.TensorRuntime;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures body fits on both storages. */
@Command(
        name = "storages",
        mixinStandardHelpOptions = true,
        description =
                "Fits batches of sample people on plain arrays and on tensors in turn, from keypoints to bodies, and prints"
                        + " the shortest times as a Markdown table.")
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
public final class BenchStorages implements Callable<Integer> {

    @Option(
            names = "--people",
            defaultValue = "1,64,1024",
            split = ",",
            paramLabel = "SIZES",
            description = "Batch sizes (default: ${DEFAULT-VALUE}).")
    private List<Integer> people;

    @Option(
            names = "--repeats",
            defaultValue = "20",
            description = "Fits of each batch on each storage (${DEFAULT-VALUE}).")
    private int repeats;

    @Option(names = "--device", defaultValue = "cpu", description = "auto, cpu, gpu, gpu1, ... (${DEFAULT-VALUE}).")
    private String device;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (repeats < 1 || people.stream().anyMatch(size -> size < 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--repeats (%d) and every size of --people %s must be positive.".formatted(repeats, people));
        }
        BodyModel body = BodyModels.defaultBody();
        DefaultBodyFitter fitter = new DefaultBodyFitter(
                body, CheckpointRegistry.bundled(), "body", TensorRuntime.get().device(device));
        FitStorageTrial trial = new FitStorageTrial(body, fitter);
        PrintWriter out = spec.commandLine().getOut();
        out.println("| people | arrays, us a person | tensors, us a person |");
        out.println("| ---: | ---: | ---: |");
        for (int size : people) {
            Map<Storage, Double> times = trial.microseconds(size, repeats);
            out.printf(
                    Locale.ROOT, "| %d | %.1f | %.1f |%n", size, times.get(Storage.ARRAYS), times.get(Storage.TENSORS));
            out.flush();
        }
        return 0;
    }
}
