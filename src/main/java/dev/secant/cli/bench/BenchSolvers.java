package dev.secant.cli.bench;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.evaluation.body.FitSolverTrial;
import dev.secant.evaluation.body.FitStorageTrial;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.optimizer.Storage;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures solvers of the fit energy on plain arrays. */
@Command(
        name = "solvers",
        mixinStandardHelpOptions = true,
        description =
                "Minimizes the fit energy of sample people on plain arrays with L-SR1, L-BFGS and Adam from the same initial"
                        + " estimates, on one thread; then whole fits, from keypoints to bodies, on all cores. Prints the shortest times as Markdown tables.")
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
public final class BenchSolvers implements Callable<Integer> {

    @Option(
            names = "--people",
            defaultValue = "1,256",
            split = ",",
            paramLabel = "SIZES",
            description = "Batch sizes (default: ${DEFAULT-VALUE}).")
    private List<Integer> people;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Approximate duration for each batch size and table (${DEFAULT-VALUE}).")
    private double seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!(seconds > 0) || people.stream().anyMatch(size -> size < 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seconds (%s) and every size of --people %s must be positive.".formatted(seconds, people));
        }
        BodyModel body = BodyModels.defaultBody();
        CheckpointRegistry checkpoints = CheckpointRegistry.bundled();
        PrintWriter out = spec.commandLine().getOut();
        MarkdownTable solvers =
                new MarkdownTable("on one thread", "people", "us a person", "people a second", "steps", "energy");
        try (FitSolverTrial trial = new FitSolverTrial(body, checkpoints.get("body"))) {
            for (int size : people) {
                for (FitSolverTrial.Row row : trial.run(size, repeats(size, 0.005))) {
                    solvers.row(
                            row.solver(),
                            Integer.toString(size),
                            NumberFormats.decimals(row.microseconds(), 1),
                            NumberFormats.decimals(1e6 / row.microseconds(), 0),
                            NumberFormats.decimals(row.steps(), 1),
                            Double.isNaN(row.energy()) ? "" : NumberFormats.decimals(row.energy(), 2));
                }
            }
        }
        solvers.lines().forEach(out::println);
        out.println();
        MarkdownTable fits = new MarkdownTable("whole fits", "people", "us a person", "people a second");
        FitStorageTrial trial = new FitStorageTrial(body, new DefaultBodyFitter(body, checkpoints, "body"));
        for (int size : people) {
            double time = trial.microseconds(Storage.ARRAYS, size, repeats(size, 0.001));
            fits.row(
                    "%d cores".formatted(Runtime.getRuntime().availableProcessors()),
                    Integer.toString(size),
                    NumberFormats.decimals(time, 1),
                    NumberFormats.decimals(1e6 / time, 0));
        }
        fits.lines().forEach(out::println);
        out.flush();
        return 0;
    }

    /** As many as take about the given time, at a number of seconds a person; enough for the JIT compiler. */
    private int repeats(int size, double each) {
        return Math.max(5, (int) (seconds / each / size));
    }
}
