package dev.secant.evaluation.report;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.Sr1Checkpoint;
import dev.secant.evaluation.trial.ConvergenceCurves;
import dev.secant.evaluation.trial.ConvergenceTrial;
import dev.secant.plot.LineChart;
import dev.secant.problems.ProblemSet;
import dev.secant.problems.Quadratics;
import dev.secant.tensor.TensorRuntime;
import dev.secant.text.CsvTable;
import dev.secant.text.MarkdownTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Variants of L-SR1, trained alike but for one thing, on the same random quadratics; the mean over seeds and their range. Writes
 * {@code ablation.md}, {@code .csv} and {@code .svg}.
 */
public final class AblationReport {

    private static final int STEPS = SeedStatistics.STEPS;

    private final Settings settings;

    /**
     * What to measure on.
     *
     * @param dimension n
     * @param items problems, with condition numbers up to 1000
     * @param seed of the problems
     */
    public record Settings(int dimension, int items, long seed) {

        public Settings {
            if (dimension < 1 || items < 1) {
                throw new IllegalArgumentException(
                        "The dimension (%d) and the items (%d) of an ablation must be positive."
                                .formatted(dimension, items));
            }
        }
    }

    /**
     * A variant's trainings.
     *
     * @param label what is different
     * @param seeds one checkpoint a seed
     */
    public record Row(String label, List<Checkpoint> seeds) {}

    /** A row with its measurements. */
    private record Measured(String label, List<ConvergenceCurves> curves) {}

    /** A report. */
    public AblationReport(Settings settings) {
        this.settings = settings;
    }

    /**
     * Measures and writes.
     *
     * @param rows the base first
     * @param training how they were trained, one sentence
     * @param folder where the files go
     * @param command that makes them, named in them
     * @return the Markdown
     */
    public String write(List<Row> rows, String training, Path folder, String command) throws IOException {
        Files.createDirectories(folder);
        List<Measured> measured = measure(rows);
        List<String> lines = new ArrayList<>(List.of("# Ablation of L-SR1", "", intro(training, command), ""));
        MarkdownTable table = SeedStatistics.table("variant", "mean gap, %d iterations".formatted(STEPS));
        measured.forEach(row -> SeedStatistics.RANGE.addRow(table, row.label(), row.curves()));
        lines.addAll(table.lines());
        lines.addAll(List.of("", "![Gap against iterations](ablation.svg)"));
        String text = String.join("\n", lines) + "\n";
        Files.writeString(folder.resolve("ablation.svg"), chart(measured).toSvg());
        Files.writeString(folder.resolve("ablation.md"), text);
        Files.writeString(folder.resolve("ablation.csv"), csv(rows, measured));
        return text;
    }

    private List<Measured> measure(List<Row> rows) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = new Quadratics(Quadratics.TEST_CONDITION)
                    .draw(
                            settings.items(),
                            settings.dimension(),
                            DataType.FLOAT64,
                            new SplittableRandom(settings.seed()),
                            manager);
            ConvergenceTrial trial = new ConvergenceTrial(problems, STEPS);
            return rows.stream()
                    .map(row -> new Measured(
                            row.label(),
                            row.seeds().stream()
                                    .map(checkpoint -> trial.run(Sr1Checkpoint.optimizer(checkpoint)))
                                    .toList()))
                    .toList();
        }
    }

    /** The mean over seeds; what diverges leaves the figure. */
    private static LineChart chart(List<Measured> measured) {
        return new LineChart(
                "Ablation of L-SR1",
                "iterations",
                "mean log10 of the relative gap",
                measured.stream()
                        .map(row -> new LineChart.Series(row.label(), meanLogGap(row.curves())))
                        .toList());
    }

    private static double[] meanLogGap(List<ConvergenceCurves> seeds) {
        double[] mean = new double[STEPS + 1];
        for (int k = 0; k <= STEPS; k++) {
            int point = k;
            double gap = seeds.stream()
                    .mapToDouble(curves -> curves.logGap()[point])
                    .average()
                    .orElse(Double.NaN);
            mean[k] = gap <= 0 ? gap : Double.NaN;
        }
        return mean;
    }

    private String intro(String training, String command) {
        return String.format(
                Locale.ROOT,
                """
                Each row changes one thing of the base. %s These are short trainings of small networks. They rank variants; they do not \
                carry over to the published size.

                Measured on %d random quadratics of condition numbers up to %.0f, n = %d, float64, problem seed %d, never trained on. \
                Numbers are means over seeds with the range in brackets. The gap is `f - f*`, averaged over iterations 1 to 20. The log10 \
                gap is relative to that of the start. The secant residual is `||B q - p|| / ||p||`: the median over problems, averaged over \
                iterations. Regenerate with

                ```sh
                %s
                ```""",
                training,
                settings.items(),
                Quadratics.TEST_CONDITION,
                settings.dimension(),
                settings.seed(),
                command);
    }

    private static String csv(List<Row> rows, List<Measured> measured) {
        CsvTable table = new CsvTable(
                "variant", "seed", "mean_gap_20", "log_gap_20", "newton_cosine", "secant_residual", "bad_steps");
        for (int r = 0; r < rows.size(); r++) {
            for (int s = 0; s < rows.get(r).seeds().size(); s++) {
                ConvergenceCurves curves = measured.get(r).curves().get(s);
                table.row(
                        rows.get(r).label(),
                        rows.get(r).seeds().get(s).manifest().seed(),
                        format("%.6g", curves.meanGapUpTo(STEPS)),
                        format("%.4f", curves.logGap()[STEPS]),
                        format("%.4f", curves.meanCosineUpTo(STEPS)),
                        format("%.4f", curves.meanSecantResidualUpTo(STEPS)),
                        format("%.4f", curves.badSteps()));
            }
        }
        return table.toString();
    }

    private static String format(String pattern, double number) {
        return String.format(Locale.ROOT, pattern, number);
    }
}
