package dev.secant.minimize.output;

import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationResult;
import dev.secant.minimize.TrajectoryPoint;
import dev.secant.text.CsvTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.json.JsonMapper;

/** Forms of a result besides JSON. */
public enum ResultFormat {
    /** A line a point, see {@link TrajectoryPoint}; without the points kept. */
    CSV("text/csv") {
        @Override
        public void write(MinimizationResult result, OutputStream out) throws IOException {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            CSVPrinter table = new CSVPrinter(writer, CsvTable.FORMAT);
            table.printRecord(HEADER);
            each(result, point -> print(point, table));
            writer.flush();
        }
    },
    /** A JSON object a line, one for each point, see {@link TrajectoryPoint}. */
    NDJSON("application/x-ndjson") {
        @Override
        public void write(MinimizationResult result, OutputStream out) throws IOException {
            each(result, point -> {
                out.write(JSON.writeValueAsBytes(point));
                out.write('\n');
            });
        }
    },
    /** NumPy's archive of arrays: x, value, termination, and the trajectories' values, gradient_norms, ... */
    NPZ("application/x-npz") {
        @Override
        public void write(MinimizationResult result, OutputStream out) throws IOException {
            ResultArrays.write(result, out);
        }
    },
    /** A plot of the value above the least found, against evaluations. */
    SVG("image/svg+xml") {
        @Override
        public void write(MinimizationResult result, OutputStream out) throws IOException {
            out.write(ConvergencePlot.svg(result).getBytes(StandardCharsets.UTF_8));
        }
    };

    private static final List<String> HEADER = List.of(
            "start",
            "solver",
            "baseline",
            "step",
            "evaluations",
            "value",
            "gradient_norm",
            "step_length",
            "secant_residual",
            "cosine");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String mediaType;

    ResultFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of a file's extension. */
    public static Optional<ResultFormat> ofExtension(String extension) {
        return Arrays.stream(values())
                .filter(format -> format.extension().equals(extension))
                .findFirst();
    }

    /** Of HTTP. */
    public String mediaType() {
        return mediaType;
    }

    /** Of files. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    private interface PointWriter {
        void write(TrajectoryPoint point) throws IOException;
    }

    /** Item by item, so that only one need be in memory. */
    private static void each(MinimizationResult result, PointWriter writer) throws IOException {
        for (MinimizationItem item : result.items()) {
            for (boolean baseline : new boolean[] {false, true}) {
                for (TrajectoryPoint point : (Iterable<TrajectoryPoint>) TrajectoryPoint.of(item, baseline)::iterator) {
                    writer.write(point);
                }
            }
        }
    }

    /**
     * Writes a result; the stream stays open or is closed.
     *
     * @throws IOException if the stream cannot be written to
     */
    public abstract void write(MinimizationResult result, OutputStream out) throws IOException;

    private static void print(TrajectoryPoint point, CSVPrinter table) throws IOException {
        table.printRecord(
                point.start(),
                point.solver(),
                point.baseline(),
                point.step(),
                point.evaluations(),
                point.value(),
                point.gradientNorm(),
                point.stepLength(),
                point.secantResidual(),
                point.cosine());
    }
}
