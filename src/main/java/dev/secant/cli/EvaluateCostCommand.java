package dev.secant.cli;

import dev.secant.checkpoint.CheckpointException;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.evaluation.report.CostReport;
import dev.secant.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a step costs. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description = {
            "Time and memory of a step against variables, problems and vectors kept, and the parts of a step; writes tables and figures.",
            "With the defaults about two minutes on one core, and with a soak of a million steps twenty. Nothing else should run meanwhile: it measures time."
        })
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
final class EvaluateCostCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            defaultValue = "docs/results",
            description = "Output directory (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--dimensions",
            split = ",",
            defaultValue = "10,100,1000,10000,100000",
            description = "Numbers of variables of a single problem (default: ${DEFAULT-VALUE}).")
    private int[] dimensions;

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "1,8,64,1024",
            description = "Batch sizes (default: ${DEFAULT-VALUE}).")
    private int[] batches;

    @Option(
            names = "--batch-dimension",
            defaultValue = "100",
            description = "Number of variables in batches (default: ${DEFAULT-VALUE}).")
    private int batchDimension;

    @Option(
            names = "--memories",
            split = ",",
            defaultValue = "4,16,64",
            description = "Memory L: number of vectors kept (default: ${DEFAULT-VALUE}).")
    private int[] memories;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Time limit per run (default: ${DEFAULT-VALUE}).")
    private double limit;

    @Option(names = "--seconds", defaultValue = "1", description = "Of each measurement (${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--soak",
            paramLabel = "STEPS",
            defaultValue = "0",
            description =
                    "Steps per method over which the memory of the process is recorded (default: ${DEFAULT-VALUE}, none).")
    private int soak;

    @Option(
            names = "--checkpoint",
            defaultValue = "general",
            description = "Checkpoint of the preset secant (default: ${DEFAULT-VALUE}).")
    private String checkpoint;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            description = "Device: auto, cpu, gpu, gpu1, ... (default: ${DEFAULT-VALUE}).")
    private String device;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try {
            CostReport.Settings settings = new CostReport.Settings(
                    dimensions,
                    batches,
                    batchDimension,
                    memories,
                    limit,
                    soak,
                    TensorRuntime.get().device(device));
            try (ProgressBar bar = new ProgressBar("cost", -1)) {
                String markdown = new CostReport(
                                settings,
                                CheckpointRegistry.bundled().get(checkpoint),
                                seconds,
                                new ConsoleProgress(bar))
                        .write(out, command());
                spec.commandLine().getOut().println(markdown);
            }
            return 0;
        } catch (IllegalArgumentException | CheckpointException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String command() {
        return "java -jar target/secant.jar evaluate cost --dimensions %s --batches %s --batch-dimension %d --memories %s --limit %s --seconds %s --soak %d --checkpoint %s --device %s"
                .formatted(
                        Numbers.joined(dimensions),
                        Numbers.joined(batches),
                        batchDimension,
                        Numbers.joined(memories),
                        limit,
                        seconds,
                        soak,
                        checkpoint,
                        device);
    }
}
