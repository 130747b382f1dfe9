package dev.secant.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.evaluation.trial.LearningRateSearch;
import dev.secant.objective.BoundObjective;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.catalogue.CatalogueEntry;
import dev.secant.objective.syntax.Formula;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.firstorder.AdaHessian;
import dev.secant.optimizer.firstorder.Adam;
import dev.secant.optimizer.firstorder.GradientDescent;
import dev.secant.optimizer.firstorder.NesterovGradient;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import dev.secant.text.CsvTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tunes the learning rate of a baseline. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        description =
                "Tunes a method's learning rate on an objective of the catalogue; prints every rate that it tried.")
@SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
final class TuneCommand implements Callable<Integer> {

    /** Methods whose only setting that matters is a rate. */
    enum Method {
        adam(Adam::new),
        adahessian(AdaHessian::new),
        nag(NesterovGradient::new),
        gd(GradientDescent::new);

        private final DoubleFunction<Optimizer> optimizer;

        Method(DoubleFunction<Optimizer> optimizer) {
            this.optimizer = optimizer;
        }
    }

    @Parameters(paramLabel = "METHOD", description = "${COMPLETION-CANDIDATES}")
    private Method method;

    @Option(names = "--objective", required = true, paramLabel = "NAME", description = "For example rosenbrock.")
    private String objective;

    @Option(names = "--dimension", paramLabel = "N", description = "Its usual one if left out.")
    private @Nullable Integer dimension;

    @Option(names = "--starts", defaultValue = "32", description = "Random starts in its domain (${DEFAULT-VALUE}).")
    private int starts;

    @Option(names = "--steps", defaultValue = "100", description = "Steps of each (${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--least", defaultValue = "1e-4", description = "The grid's least rate (${DEFAULT-VALUE}).")
    private double least;

    @Option(names = "--greatest", defaultValue = "1", description = "The grid's greatest rate (${DEFAULT-VALUE}).")
    private double greatest;

    @Option(names = "--per-decade", defaultValue = "3", description = "Rates in a decade (${DEFAULT-VALUE}).")
    private int perDecade;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Random seed of the starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu, gpu, ... (${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--csv", paramLabel = "FILE", description = "Where the rates are written too.")
    private @Nullable Path csv;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CatalogueEntry entry = Catalogue.standard()
                .find(objective)
                .orElseThrow(() -> wrong("There is no objective (%s) in the catalogue.".formatted(objective)));
        int usual = entry.dimension(Map.of());
        int n = dimension == null ? usual : dimension;
        String why = entry.whyNotDimension(n, usual);
        if (why != null || starts < 1) {
            throw wrong(why != null ? why : "The number of starts (%d) must be positive.".formatted(starts));
        }
        try (NDManager manager =
                        TensorRuntime.get().newManager(TensorRuntime.get().device(device));
                BoundObjective bound = CompiledObjective.compile(Formula.parse(entry.formula()), n, Map.of())
                        .bind(manager, DataType.FLOAT64, Map.of())) {
            LearningRateSearch.Report report = new LearningRateSearch(
                            method.optimizer, StopRule.steps(steps), 3 * perDecade)
                    .search(Objective.of(n, bound::apply), starts(manager, entry, n), least, greatest, perDecade);
            print(report);
            if (csv != null) {
                write(report, csv);
            }
        }
        return 0;
    }

    private NDArray starts(NDManager manager, CatalogueEntry entry, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] lower = entry.lower(n);
        double[] upper = entry.upper(n);
        double[] points = new double[starts * n];
        for (int i = 0; i < points.length; i++) {
            points[i] = lower[i % n] + (upper[i % n] - lower[i % n]) * random.nextDouble();
        }
        return Tensors.of(manager, points, new Shape(starts, n));
    }

    private void print(LearningRateSearch.Report report) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s on %s, %d starts, %d steps%n", report.method(), objective, starts, steps);
        out.printf("%12s %12s %8s %12s%n", "rate", "score", "failed", "evaluations");
        for (LearningRateSearch.Tried tried : report.tried()) {
            out.printf(
                    "%12.4g %12.6f %8d %12d%s%n",
                    tried.rate(),
                    tried.score(),
                    tried.failed(),
                    tried.evaluations(),
                    tried.equals(report.best()) ? "  best" : "");
        }
        if (!report.bracketed()) {
            out.println("The best rate is at the end of the grid. Maybe choose another --least or --greatest.");
        }
        out.flush();
    }

    private static void write(LearningRateSearch.Report report, Path file) throws IOException {
        CsvTable table = new CsvTable("method", "rate", "score", "failed", "evaluations");
        report.tried()
                .forEach(tried ->
                        table.row(report.method(), tried.rate(), tried.score(), tried.failed(), tried.evaluations()));
        Files.writeString(file, table.toString());
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
