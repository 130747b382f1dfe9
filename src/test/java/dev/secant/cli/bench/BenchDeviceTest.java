package dev.secant.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchDeviceTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new BenchDevice())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void printsARowForEachWorkStorageAndBatch() {
        assertThat(run("--device", "cpu", "--batch", "1,3", "--seconds", "0.001"))
                .isZero();

        List<String> rows =
                out.toString().lines().filter(line -> line.startsWith("| cpu")).toList();
        assertThat(rows)
                .hasSize(10)
                .allMatch(row -> row.matches("\\| cpu \\| .+ \\| (arrays|tensors) \\| [13] \\| \\d+\\.\\d \\|"));
        assertThat(rows).filteredOn(row -> row.contains("| fit |")).hasSize(2);
        assertThat(rows).filteredOn(row -> row.contains("| tensors |")).hasSize(4);
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertThat(run("--device", "gpu77")).isEqualTo(2);
        assertThat(err.toString()).contains("gpu77", "secant.devices");
        assertThat(run("--device", "cpu", "--batch", "0")).isEqualTo(2);
        assertThat(run("--device", "cpu", "--seconds", "0")).isEqualTo(2);
    }
}
