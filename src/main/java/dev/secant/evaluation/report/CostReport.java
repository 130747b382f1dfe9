package dev.secant.evaluation.report;

import ai.djl.Device;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.SecantCheckpoint;
import dev.secant.evaluation.trial.CostTrial;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.tensor.TensorRuntime;
import dev.secant.text.CsvTable;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Time and memory of a step against the number of variables n, of problems B and of vectors kept L; the parts of a step; and, if asked, the
 * process's size over very many steps. Writes {@code cost.md}, {@code .csv} and one SVG for each of n, B and L.
 */
public final class CostReport {

    private static final int MEMORY = 16;
    private static final int PARTS_DIMENSION = 1000;
    private static final int SOAK_DIMENSION = 10;
    private static final String PUBLISHED = "L-SR1 (published size)";

    /** With so small a rate that random weights cannot diverge; the cost does not depend on it. */
    private static final double RATE_SCALE = 1e-7;

    private final Settings settings;
    private final double seconds;
    private final SecantQuasiNewton secant;
    private final String secantName;
    private final CostTrial trial;
    private final List<Solver> solvers;
    private final ReportProgress progress;
    private int done;

    /**
     * What to measure.
     *
     * @param dimensions n, with B = 1 and L = 16
     * @param batches B, with L = 16 and n as below
     * @param batchDimension n beside the batches
     * @param memories L, with B = 1 and n = 1000
     * @param limitSeconds a run ends after this, with fewer steps
     * @param soakSteps of each method for the size of the process; 0 for none
     * @param device to run on
     */
    public record Settings(
            int[] dimensions,
            int[] batches,
            int batchDimension,
            int[] memories,
            double limitSeconds,
            int soakSteps,
            Device device) {

        public Settings {
            boolean positive = Arrays.stream(new int[][] {dimensions, batches, memories})
                    .flatMapToInt(Arrays::stream)
                    .allMatch(number -> number > 0);
            if (!positive || batchDimension < 2 || soakSteps < 0) {
                throw new IllegalArgumentException(
                        "The dimensions, batches and memories of a cost report must be positive, its batchDimension (%d) at least 2 and its soakSteps (%d) not negative."
                                .formatted(batchDimension, soakSteps));
            }
            if (Arrays.stream(dimensions).anyMatch(n -> n < 2)) {
                throw new IllegalArgumentException("The dimensions %s of a cost report must be at least 2."
                        .formatted(Arrays.toString(dimensions)));
            }
            if (!(limitSeconds > 0)) {
                throw new IllegalArgumentException(
                        "The limitSeconds (%s) of a cost report must be positive.".formatted(limitSeconds));
            }
        }
    }

    /** A method by its memory. */
    private record Solver(String name, IntFunction<Optimizer> withMemory) {}

    /**
     * A report.
     *
     * @param checkpoint of the preset secant
     * @param seconds of each measurement
     */
    public CostReport(Settings settings, Checkpoint checkpoint, double seconds, ReportProgress progress) {
        this.settings = settings;
        this.seconds = seconds;
        this.secant = SecantCheckpoint.optimizer(checkpoint);
        this.secantName = "Secant (%s)".formatted(checkpoint.id());
        this.trial = new CostTrial(settings.device(), seconds, settings.limitSeconds());
        this.solvers = List.of(
                new Solver(PUBLISHED, CostReport::published),
                new Solver(secantName, secant::withMemory),
                new Solver("L-BFGS", Lbfgs::new));
        this.progress = progress;
    }

    private void part() {
        int cells = settings.dimensions().length + settings.batches().length + settings.memories().length;
        int all = 3 + solvers.size() * (cells + (settings.soakSteps() > 0 ? CostTrial.TENTHS : 0));
        progress.onPart(++done, all);
    }

    private static LearnedSr1 published(int memory) {
        Sr1Settings sizes =
                Sr1Settings.published(Sr1Settings.Variant.AS_RELEASED, memory).withRate(RATE_SCALE, 0.001);
        return new LearnedSr1(sizes, new Sr1Networks(sizes).initialise(1));
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
        CsvTable csv = new CsvTable(
                "n", "batch", "memory", "solver", "seconds_a_step", "heap_bytes_a_step", "native_peak_bytes");
        List<String> lines = new ArrayList<>(List.of("# Cost of a step", "", intro(command)));
        lines.addAll(new CostParts(trial, PARTS_DIMENSION, MEMORY, this::part)
                .markdown(PUBLISHED, published(MEMORY), secantName, secant));
        lines.addAll(axis(folder, csv, "n", "B = 1, L = 16", settings.dimensions(), n -> new int[] {n, 1, MEMORY}));
        lines.addAll(
                axis(folder, csv, "B", "n = %d, L = 16".formatted(settings.batchDimension()), settings.batches(), b ->
                        new int[] {settings.batchDimension(), b, MEMORY}));
        lines.addAll(axis(folder, csv, "L", "n = %d, B = 1".formatted(PARTS_DIMENSION), settings.memories(), memory ->
                new int[] {PARTS_DIMENSION, 1, memory}));
        lines.addAll(soak());
        String text = String.join("\n", lines) + "\n";
        Files.writeString(folder.resolve("cost.md"), text);
        Files.writeString(folder.resolve("cost.csv"), csv.toString());
        return text;
    }

    /** Measures along one axis; {@code setting} gives n, B and L. */
    private List<String> axis(
            Path folder, CsvTable csv, String axis, String rest, int[] values, IntFunction<int[]> setting)
            throws IOException {
        List<CostAxis.Cell> cells = new ArrayList<>();
        for (int value : values) {
            int[] at = setting.apply(value);
            List<CostTrial.Cost> costs = new ArrayList<>();
            for (Solver solver : solvers) {
                CostTrial.Cost cost = trial.measure(solver.withMemory().apply(at[2]), at[0], at[1], 2 * at[2]);
                costs.add(cost);
                csv.row(
                        at[0],
                        at[1],
                        at[2],
                        solver.name(),
                        String.format(Locale.ROOT, "%.4g", cost.seconds()),
                        String.format(Locale.ROOT, "%.0f", cost.heapBytes()),
                        String.format(Locale.ROOT, "%.0f", cost.nativeBytes()));
                part();
            }
            cells.add(new CostAxis.Cell(value, costs));
        }
        CostAxis measured =
                new CostAxis(axis, rest, solvers.stream().map(Solver::name).toList(), cells);
        Files.writeString(folder.resolve(measured.figure()), measured.chart().toSvg());
        return measured.markdown();
    }

    private List<String> soak() {
        if (settings.soakSteps() == 0) {
            return List.of();
        }
        MarkdownTable table = new MarkdownTable(Stream.concat(
                        Stream.of("method"),
                        IntStream.rangeClosed(1, CostTrial.TENTHS).mapToObj(tenth -> 10 * tenth + " %"))
                .toList());
        for (Solver solver : solvers) {
            List<Long> bytes =
                    trial.soak(solver.withMemory().apply(MEMORY), SOAK_DIMENSION, settings.soakSteps(), this::part);
            table.row(Stream.concat(
                            Stream.of(solver.name()),
                            bytes.stream().map(size -> String.format(Locale.ROOT, "%.0f", size / CostAxis.MEBIBYTE)))
                    .toList());
        }
        List<String> lines = new ArrayList<>(List.of(
                "",
                "## Memory over %,d steps, n = %d, B = 1".formatted(settings.soakSteps(), SOAK_DIMENSION),
                "",
                "What the process holds outside the JVM's committed heap, in MiB, after each tenth of the steps.",
                ""));
        lines.addAll(table.lines());
        return lines;
    }

    private String intro(String command) {
        return String.format(
                Locale.ROOT,
                """
                The time of a step of a whole batch without the objective, which is Rosenbrock's function. Each figure is the best of the \
                runs within %s s. A run has at most 2 L steps or %s s; its second half counts, when the memory is full. L-SR1 has the \
                published size (898,187 parameters), random weights, and runs on tensors. The other two run on plain arrays of the JVM while \
                the batch is small. Device: %s, %d thread per operation, %d cores, %s. Regenerate with nothing else running:

                ```sh
                %s
                ```

                Heap allocated includes garbage. Native memory at the peak is what the process held outside the heap during the last run, \
                beyond what it held before. So memory that the allocator had kept from an earlier run does not show in it.""",
                NumberFormats.format(seconds),
                NumberFormats.format(settings.limitSeconds()),
                settings.device().isGpu() ? "gpu" + settings.device().getDeviceId() : "cpu",
                TensorRuntime.get().operationThreads(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                command);
    }
}
