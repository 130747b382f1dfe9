package dev.secant.evaluation.report;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.OptimizerCheckpoint;
import dev.secant.checkpoint.SecantCheckpoint;
import dev.secant.checkpoint.Sr1Checkpoint;
import dev.secant.evaluation.trial.ConvergenceCurves;
import dev.secant.evaluation.trial.ConvergenceTrial;
import dev.secant.evaluation.trial.LearnedOptimizers;
import dev.secant.evaluation.trial.LearnedRun;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.newton.NonlinearConjugateGradient;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.plot.LineChart;
import dev.secant.problems.ProblemSet;
import dev.secant.problems.Quadratics;
import dev.secant.tensor.TensorRuntime;
import dev.secant.text.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Methods on random quadratics with condition numbers up to 1000, at equal iterations and at equal evaluations, beside the
 * Krylov limit; and trained L-SR1 with and without its secant term. Writes {@code quadratics.md}, {@code .csv} and one SVG
 * a dimension and measure. Everything is in double precision.
 */
public final class QuadraticsReport {

    private static final int MEMORY = 16;
    private static final int[] COLUMNS = {5, 10, 20, 40};

    private final Settings settings;
    private final List<Checkpoint> checkpoints;

    /**
     * What to measure.
     *
     * @param dimensions n of each set of problems
     * @param items problems a set
     * @param steps of each run
     * @param memories L of published L-SR1
     * @param seed of the problems
     */
    public record Settings(int[] dimensions, int items, int steps, int[] memories, long seed) {

        public Settings {
            if (items < 1 || steps < COLUMNS[2]) {
                throw new IllegalArgumentException(
                        "The items (%d) of a report must be positive and its steps (%d) at least %d."
                                .formatted(items, steps, COLUMNS[2]));
            }
        }
    }

    /**
     * A report.
     *
     * @param checkpoints the learned methods to measure too; those that were trained on another family are passed over
     */
    public QuadraticsReport(Settings settings, List<Checkpoint> checkpoints) {
        this.settings = settings;
        this.checkpoints = checkpoints.stream()
                .filter(checkpoint -> OptimizerCheckpoint.isOne(checkpoint.manifest()))
                .filter(checkpoint -> LearnedOptimizers.isFor(checkpoint, new Quadratics()))
                .toList();
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
        CsvTable csv = QuadraticsTables.csv();
        markdown.add("# Random quadratics");
        markdown.add("");
        markdown.add(intro(command));
        for (int n : settings.dimensions()) {
            measure(n, folder, markdown, csv);
        }
        markdown.addAll(QuadraticsTables.trainings(checkpoints));
        String text = String.join("\n", markdown) + "\n";
        Files.writeString(folder.resolve("quadratics.md"), text);
        Files.writeString(folder.resolve("quadratics.csv"), csv.toString());
        return text;
    }

    private void measure(int n, Path folder, List<String> markdown, CsvTable csv) throws IOException {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = new Quadratics(Quadratics.TEST_CONDITION)
                    .draw(settings.items(), n, DataType.FLOAT64, new SplittableRandom(settings.seed() + n), manager);
            ConvergenceTrial trial = new ConvergenceTrial(problems, settings.steps());
            List<ConvergenceCurves> curves = new ArrayList<>();
            for (Optimizer optimizer : classical()) {
                curves.add(trial.run(optimizer));
            }
            for (Checkpoint checkpoint : checkpoints) {
                if (SecantCheckpoint.isOne(checkpoint.manifest())) {
                    curves.add(trial.run(
                            "Secant (%s)".formatted(checkpoint.id()), SecantCheckpoint.optimizer(checkpoint)));
                }
            }
            curves.add(trial.runKrylovLimit());
            markdown.add("");
            markdown.add("## n = " + n);
            markdown.addAll(QuadraticsTables.gaps(curves, columns()));
            List<LearnedRun> learned = learned(trial);
            markdown.addAll(QuadraticsTables.learned(learned, curves));
            curves.forEach(curve -> QuadraticsTables.addRows(csv, n, curve.solver(), curve));
            learned.forEach(run -> QuadraticsTables.addRows(csv, n, run.label(), run.curves()));
            chart(folder, "iterations", n, curves, ConvergenceCurves::logGap);
            chart(folder, "evaluations", n, curves, ConvergenceCurves::logGapAtEvaluations);
            markdown.add("");
            markdown.add("![At equal iterations](quadratics-n%d-iterations.svg)".formatted(n));
            markdown.add("![At equal evaluations](quadratics-n%d-evaluations.svg)".formatted(n));
        }
    }

    private List<LearnedRun> learned(ConvergenceTrial trial) {
        List<LearnedRun> runs = new ArrayList<>();
        for (Checkpoint checkpoint : checkpoints) {
            if (Sr1Checkpoint.isOne(checkpoint.manifest())) {
                for (int memory : settings.memories()) {
                    runs.add(new LearnedRun(
                            checkpoint.manifest(),
                            memory,
                            trial.run(OptimizerCheckpoint.withMemory(
                                    OptimizerCheckpoint.optimizer(checkpoint), memory))));
                }
            }
        }
        return runs;
    }

    private static List<Optimizer> classical() {
        return List.of(
                new SecantQuasiNewton(MEMORY), new Lbfgs(MEMORY), new NonlinearConjugateGradient(), new Sr1(MEMORY));
    }

    private int[] columns() {
        return IntStream.of(COLUMNS).filter(k -> k <= settings.steps()).toArray();
    }

    private String intro(String command) {
        return String.format(
                Locale.ROOT,
                """
                Mean log10 of `(f - f*) / (f_0 - f*)` over %d problems `0.5 x'Hx + b'x` per table (L-SR1, arXiv 2508.12270, section 5.1.1: \
                `H = A'A / ||A'A||`, A and b normal, starts uniform in [-5.12, 5.12]), condition numbers up to %.0f, float64, seed %d. \
                Limited memories keep %d pairs; SR1 is the classical one, in a trust region. Secant may spend more than one evaluation per \
                step, so compare it at equal evaluations. The Krylov limit is conjugate gradients with an exact line search: no method whose \
                steps lie in the span of the gradients seen gets closer at equal iterations. Regenerate with

                ```sh
                %s
                ```""",
                settings.items(),
                Quadratics.TEST_CONDITION,
                settings.seed(),
                MEMORY,
                command);
    }

    private static void chart(
            Path folder,
            String axis,
            int n,
            List<ConvergenceCurves> curves,
            Function<ConvergenceCurves, double[]> measure)
            throws IOException {
        LineChart chart = new LineChart(
                "Random quadratics, n = " + n,
                axis,
                "mean log10 of the relative gap",
                curves.stream()
                        .map(curve -> new LineChart.Series(
                                curve.solver(),
                                Arrays.stream(measure.apply(curve))
                                        .map(gap -> Math.min(gap, 1))
                                        .toArray()))
                        .toList());
        Files.writeString(folder.resolve("quadratics-n%d-%s.svg".formatted(n, axis)), chart.toSvg());
    }
}
