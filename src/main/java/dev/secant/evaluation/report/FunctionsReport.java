package dev.secant.evaluation.report;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.evaluation.trial.ConvergenceCurves;
import dev.secant.evaluation.trial.ConvergenceTrial;
import dev.secant.evaluation.trial.LearnedOptimizers;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.firstorder.AdaHessian;
import dev.secant.optimizer.firstorder.Adam;
import dev.secant.optimizer.firstorder.NesterovGradient;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.newton.NonlinearConjugateGradient;
import dev.secant.optimizer.quasinewton.Bfgs;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.plot.LineChart;
import dev.secant.problems.ProblemFamily;
import dev.secant.problems.ProblemSet;
import dev.secant.problems.Rastrigin;
import dev.secant.problems.Rosenbrock;
import dev.secant.tensor.TensorRuntime;
import dev.secant.text.CsvTable;
import dev.secant.text.MarkdownTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Methods on Rosenbrock's and Rastrigin's function from random starts, at equal evaluations. Methods of a fixed learning rate
 * have the best of a grid, chosen on these very problems, which favours them. Writes {@code functions.md}, {@code .csv} and one
 * SVG a table.
 */
public final class FunctionsReport {

    private static final double[] RATES = {1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1};
    private static final int[] COLUMNS = {10, 20, 50};
    private static final int EVALUATIONS = 50;
    private static final double LEAST_DRAWN = 1e-8;

    private final Settings settings;
    private final List<Checkpoint> checkpoints;

    /**
     * What to measure.
     *
     * @param dimensions n of each set of problems
     * @param items starts a set
     * @param seed of the starts
     */
    public record Settings(int[] dimensions, int items, long seed) {}

    /** One row of a table. */
    private record Row(String solver, double[] medianGaps) {

        double last() {
            return medianGaps[EVALUATIONS];
        }
    }

    /**
     * A report.
     *
     * @param checkpoints those that were trained on a function take part in its tables, those of several families in all; others
     *     are passed over
     */
    public FunctionsReport(Settings settings, List<Checkpoint> checkpoints) {
        this.settings = settings;
        this.checkpoints = List.copyOf(checkpoints);
    }

    /**
     * Measures and writes.
     *
     * @param folder where the files go
     * @param command that makes them, named in them
     * @return the Markdown
     */
    public String write(Path folder, String command) throws IOException {
        Files.createDirectories(folder);
        List<String> markdown = new ArrayList<>();
        CsvTable csv = new CsvTable("function", "n", "solver", "evaluations", "median_gap");
        markdown.add("# Rosenbrock's and Rastrigin's function");
        markdown.add("");
        markdown.add(
                """
                Median over %d random starts of the lowest `f - f*` within the first evaluations of value and gradient, float64, seed %d. A \
                Hessian-vector product counts as two evaluations. Learning rates are the best of a grid on these very problems, which \
                favours the methods that have one. Regenerate with

                ```sh
                %s
                ```"""
                        .formatted(settings.items(), settings.seed(), command));
        for (ProblemFamily family : List.of(new Rosenbrock(), new Rastrigin())) {
            for (int n : settings.dimensions()) {
                List<Row> rows = rows(family, n);
                markdown.addAll(table(family, n, rows));
                rows.forEach(row -> addRows(csv, family, n, row));
                String figure = "functions-%s-n%d.svg".formatted(family.name(), n);
                Files.writeString(folder.resolve(figure), chart(family, n, rows).toSvg());
                markdown.addAll(List.of("", "![Gap against evaluations](%s)".formatted(figure)));
            }
        }
        String text = String.join("\n", markdown) + "\n";
        Files.writeString(folder.resolve("functions.md"), text);
        Files.writeString(folder.resolve("functions.csv"), csv.toString());
        return text;
    }

    private List<Row> rows(ProblemFamily family, int n) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = family.draw(
                    settings.items(), n, DataType.FLOAT64, new SplittableRandom(settings.seed() + n), manager);
            ConvergenceTrial trial = new ConvergenceTrial(problems, EVALUATIONS);
            List<Row> rows = new ArrayList<>(learned(family, trial));
            for (Optimizer optimizer : List.of(
                    new SecantQuasiNewton(),
                    new Lbfgs(16),
                    new Bfgs(),
                    new Sr1(16),
                    new NonlinearConjugateGradient())) {
                rows.add(row(optimizer.name(), trial.run(optimizer)));
            }
            rows.add(bestRate(trial, Adam::new));
            rows.add(bestRate(trial, AdaHessian::new));
            rows.add(bestRate(trial, NesterovGradient::new));
            return rows;
        }
    }

    private List<Row> learned(ProblemFamily family, ConvergenceTrial trial) {
        List<Row> rows = new ArrayList<>();
        for (Checkpoint checkpoint : checkpoints) {
            LearnedOptimizers.of(checkpoint)
                    .filter(optimizer -> LearnedOptimizers.isFor(checkpoint, family))
                    .ifPresent(optimizer -> rows.add(
                            row("%s (%s)".formatted(method(optimizer), checkpoint.id()), trial.run(optimizer))));
        }
        return rows;
    }

    /** Short, for the figure's legend; the checkpoint tells the variant. */
    private static String method(Optimizer optimizer) {
        return optimizer instanceof LearnedSr1 ? "L-SR1" : optimizer.name();
    }

    private static Row bestRate(ConvergenceTrial trial, DoubleFunction<Optimizer> method) {
        List<Row> rows = new ArrayList<>();
        for (double rate : RATES) {
            Optimizer optimizer = method.apply(rate);
            rows.add(row("%s, rate %s".formatted(optimizer.name(), rate), trial.run(optimizer)));
        }
        return rows.stream().min(Comparator.comparingDouble(Row::last)).orElseThrow();
    }

    private static Row row(String solver, ConvergenceCurves curves) {
        return new Row(solver, curves.medianGapAtEvaluations());
    }

    private static List<String> table(ProblemFamily family, int n, List<Row> rows) {
        List<String> lines = new ArrayList<>(List.of("", "## %s, n = %d".formatted(family.name(), n), ""));
        MarkdownTable table = new MarkdownTable(
                Stream.concat(Stream.of("evaluations"), IntStream.of(COLUMNS).mapToObj(Integer::toString))
                        .toList());
        for (Row row : rows) {
            table.row(Stream.concat(
                            Stream.of(row.solver()),
                            IntStream.of(COLUMNS)
                                    .mapToObj(column -> String.format(Locale.ROOT, "%.3g", row.medianGaps()[column])))
                    .toList());
        }
        lines.addAll(table.lines());
        return lines;
    }

    private static LineChart chart(ProblemFamily family, int n, List<Row> rows) {
        return new LineChart(
                "%s, n = %d".formatted(family.name(), n),
                new LineChart.Axis("evaluations", false),
                new LineChart.Axis("median gap", true),
                rows.stream()
                        .map(row -> new LineChart.Series(row.solver(), floored(row.medianGaps())))
                        .toList());
    }

    /** Below is rounding, which would take most of the figure. */
    private static double[] floored(double[] gaps) {
        return Arrays.stream(gaps).map(gap -> Math.max(gap, LEAST_DRAWN)).toArray();
    }

    private static void addRows(CsvTable csv, ProblemFamily family, int n, Row row) {
        for (int e = 0; e < row.medianGaps().length; e++) {
            csv.row(family.name(), n, row.solver(), e, String.format(Locale.ROOT, "%.6g", row.medianGaps()[e]));
        }
    }
}
