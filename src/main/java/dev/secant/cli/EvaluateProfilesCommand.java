package dev.secant.cli;

import dev.secant.evaluation.report.ProfilesReport;
import dev.secant.evaluation.trial.RunBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Performance profiles over the paper's problems. */
@Command(
        name = "profiles",
        mixinStandardHelpOptions = true,
        description = {
            "Performance profiles over diagonal quadratics, Rosenbrock's and Rastrigin's function at equal iterations, evaluations and wall clock, and the time to targets; writes tables and figures.",
            "With the defaults about a quarter of an hour on one core. Nothing else should run meanwhile: it measures time."
        })
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
final class EvaluateProfilesCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            defaultValue = "docs/results",
            description = "Output directory (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--dimensions",
            split = ",",
            defaultValue = "50,100,250,500,1000",
            description = "Numbers of variables; six functions of each (default: ${DEFAULT-VALUE}).")
    private int[] dimensions;

    @Option(
            names = "--starts",
            defaultValue = "3",
            description = "Random starts per problem (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--iterations",
            defaultValue = "100",
            description =
                    "Iterations at which methods are compared; learning rates are tuned for it (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--evaluations",
            defaultValue = "100",
            description = "Evaluations at which methods are compared (default: ${DEFAULT-VALUE}).")
    private int evaluations;

    @Option(
            names = "--milliseconds",
            defaultValue = "50",
            description = "Wall-clock time at which methods are compared (default: ${DEFAULT-VALUE}).")
    private double milliseconds;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Time limit of each run to the targets (default: ${DEFAULT-VALUE}).")
    private double limit;

    @Option(
            names = "--seed",
            defaultValue = "20261124",
            description = "Random seed of minimizers and starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private CheckpointFolders checkpoints;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProfilesReport.Settings settings = settings();
        try (ProgressBar bar = new ProgressBar("profiles", -1)) {
            String markdown = new ProfilesReport(settings, checkpoints.read(), List.of(), new ConsoleProgress(bar))
                    .write(out, command());
            spec.commandLine().getOut().println(markdown);
        }
        return 0;
    }

    private ProfilesReport.Settings settings() {
        try {
            return new ProfilesReport.Settings(
                    dimensions, starts, new RunBudget(iterations, evaluations, milliseconds / 1000, limit), seed);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String command() {
        return "java -jar target/secant.jar evaluate profiles --dimensions %s --starts %d --iterations %d --evaluations %d --milliseconds %s --limit %s --seed %d%s"
                .formatted(
                        Numbers.joined(dimensions),
                        starts,
                        iterations,
                        evaluations,
                        milliseconds,
                        limit,
                        seed,
                        checkpoints.arguments());
    }
}
