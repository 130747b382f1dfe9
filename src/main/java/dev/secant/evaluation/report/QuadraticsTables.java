package dev.secant.evaluation.report;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.evaluation.trial.ConvergenceCurves;
import dev.secant.evaluation.trial.LearnedRun;
import dev.secant.text.CsvTable;
import dev.secant.text.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables of {@link QuadraticsReport} in Markdown and CSV. */
final class QuadraticsTables {

    private QuadraticsTables() {}

    /** Gaps at equal iterations, evaluations in brackets, then gaps at equal evaluations. */
    static List<String> gaps(List<ConvergenceCurves> curves, int[] columns) {
        List<String> lines = new ArrayList<>();
        lines.addAll(table(
                "iterations (evaluations in brackets)",
                curves,
                columns,
                (curve, k) -> format("%.2f (%.1f)", curve.logGap()[k], curve.evaluations()[k])));
        lines.addAll(
                table("evaluations", curves, columns, (curve, e) -> format("%.2f", curve.logGapAtEvaluations()[e])));
        return lines;
    }

    private interface Cell {
        String of(ConvergenceCurves curve, int column);
    }

    private static List<String> table(String axis, List<ConvergenceCurves> curves, int[] columns, Cell cell) {
        MarkdownTable table = new MarkdownTable(
                Stream.concat(Stream.of(axis), IntStream.of(columns).mapToObj(Integer::toString))
                        .toList());
        for (ConvergenceCurves curve : curves) {
            table.row(Stream.concat(
                            Stream.of(curve.solver()), IntStream.of(columns).mapToObj(column -> cell.of(curve, column)))
                    .toList());
        }
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    /** The figures of the paper for each configuration: the mean over seeds and, in brackets, each seed's; then other methods'. */
    static List<String> learned(List<LearnedRun> runs, List<ConvergenceCurves> others) {
        if (runs.isEmpty()) {
            return List.of();
        }
        Map<String, List<LearnedRun>> groups = runs.stream()
                .collect(Collectors.groupingBy(LearnedRun::configuration, LinkedHashMap::new, Collectors.toList()));
        MarkdownTable table = SeedStatistics.table("%d iterations".formatted(SeedStatistics.STEPS), "mean gap");
        groups.forEach((configuration, group) -> SeedStatistics.EACH.addRow(
                table, configuration, group.stream().map(LearnedRun::curves).toList()));
        others.forEach(curves -> SeedStatistics.EACH.addRow(table, curves.solver(), List.of(curves)));
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    /** The commands that trained the checkpoints. */
    static List<String> trainings(List<Checkpoint> checkpoints) {
        if (checkpoints.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", "The learned methods were trained by", "", "```sh"));
        checkpoints.forEach(checkpoint -> lines.add(checkpoint.manifest().command()));
        lines.add("```");
        return lines;
    }

    /** A table without rows. */
    static CsvTable csv() {
        return new CsvTable(
                "n",
                "solver",
                "k",
                "mean_gap",
                "log_gap",
                "mean_evaluations",
                "log_gap_at_k_evaluations",
                "newton_cosine",
                "secant_residual");
    }

    /** Adds one row a point. */
    static void addRows(CsvTable csv, int n, String solver, ConvergenceCurves curves) {
        for (int k = 0; k < curves.logGap().length; k++) {
            csv.row(
                    n,
                    solver,
                    k,
                    format("%.6g", curves.meanGap()[k]),
                    format("%.4f", curves.logGap()[k]),
                    format("%.2f", curves.evaluations()[k]),
                    format("%.4f", curves.logGapAtEvaluations()[k]),
                    format("%.4f", k == 0 ? Double.NaN : curves.newtonCosine()[k - 1]),
                    format("%.4g", curves.secantResidual()[k]));
        }
    }

    private static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
