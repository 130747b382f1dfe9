package dev.secant.evaluation.report;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.evaluation.trial.ConvergenceCurves;
import dev.secant.evaluation.trial.LearnedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of {@link QuadraticsReport} in Markdown and CSV. */
final class QuadraticsTables {

    static final String CSV_HEADER =
            "n,solver,k,mean_gap,log_gap,mean_evaluations,log_gap_at_k_evaluations,newton_cosine,secant_residual";

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
        List<String> lines = new ArrayList<>(List.of(""));
        lines.add("| " + axis + " | "
                + Arrays.stream(columns).mapToObj(Integer::toString).collect(Collectors.joining(" | ")) + " |");
        lines.add("| --- |" + " ---: |".repeat(columns.length));
        for (ConvergenceCurves curve : curves) {
            lines.add("| " + curve.solver() + " | "
                    + Arrays.stream(columns)
                            .mapToObj(column -> cell.of(curve, column))
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
        return lines;
    }

    /** The figures of the paper for each configuration: the mean over seeds and, in brackets, each seed's; then other methods'. */
    static List<String> learned(List<LearnedRun> runs, List<ConvergenceCurves> others) {
        if (runs.isEmpty()) {
            return List.of();
        }
        Map<String, List<LearnedRun>> groups = runs.stream()
                .collect(Collectors.groupingBy(LearnedRun::configuration, LinkedHashMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>(List.of(""));
        lines.add(
                "| 20 iterations | seeds | mean gap | log10 gap at 20 | cosine to Newton | secant residual | bad steps |");
        lines.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        groups.forEach((configuration, group) -> lines.add(SeedStatistics.EACH.row(
                configuration, group.stream().map(LearnedRun::curves).toList())));
        others.forEach(curves -> lines.add(SeedStatistics.EACH.row(curves.solver(), List.of(curves))));
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

    /** One row a point. */
    static List<String> csvRows(int n, String solver, ConvergenceCurves curves) {
        List<String> rows = new ArrayList<>();
        for (int k = 0; k < curves.logGap().length; k++) {
            rows.add(format(
                    "%d,\"%s\",%d,%.6g,%.4f,%.2f,%.4f,%.4f,%.4g",
                    n,
                    solver,
                    k,
                    curves.meanGap()[k],
                    curves.logGap()[k],
                    curves.evaluations()[k],
                    curves.logGapAtEvaluations()[k],
                    k == 0 ? Double.NaN : curves.newtonCosine()[k - 1],
                    curves.secantResidual()[k]));
        }
        return rows;
    }

    private static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
