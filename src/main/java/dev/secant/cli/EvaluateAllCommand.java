package dev.secant.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every report that needs no data of the user's. */
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        description = {
            "Regenerates all reports of docs/results: quadratics, functions, profiles, ablation and cost.",
            "Takes about an hour and a half on one core. Run nothing else meanwhile: some reports measure time."
        })
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
final class EvaluateAllCommand implements Callable<Integer> {

    static final List<List<String>> REPORTS = List.of(
            List.of("quadratics", "--seeds", "3"),
            List.of("functions"),
            List.of("profiles", "--starts", "1", "--limit", "0.3"),
            List.of("ablation", "--seeds", "3"),
            List.of("cost", "--soak", "1000000"));

    @Option(
            names = "--out",
            defaultValue = "docs/results",
            description = "Output directory (default: ${DEFAULT-VALUE}).")
    private Path out;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        for (List<String> report : REPORTS) {
            List<String> arguments = new ArrayList<>(report);
            arguments.addAll(List.of("--out", out.toString()));
            int code = spec.parent().commandLine().execute(arguments.toArray(String[]::new));
            if (code != 0) {
                return code;
            }
        }
        return 0;
    }
}
