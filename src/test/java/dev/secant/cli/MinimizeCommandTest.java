package dev.secant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MinimizeCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesTheResultInEveryForm() throws IOException {
        int code = run("{\"objective\": \"rosenbrock\", \"dimension\": 4, \"compareWith\": \"lbfgs\"}");
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains(
                        "start 0: auto general@1.0.0, value",
                        "CONVERGED, on arrays",
                        "beside L-BFGS, value",
                        "best: start 0");
        Path results = directory.resolve("out");
        for (String form : new String[] {"csv", "ndjson", "npz", "svg"}) {
            assertThat(results.resolve("result." + form)).isNotEmptyFile();
        }
        JsonNode result =
                new JsonMapper().readTree(results.resolve("result.json").toFile());
        assertThat(result.at("/value").asDouble()).isLessThan(1e-12);
        assertThat(result.at("/items/0/provenance/storage").asString()).isEqualTo("ARRAYS");
    }

    @Test
    void pointsAtWhatIsWrongWithTheRequest() throws IOException {
        assertThat(run("{\"expression\": \"sum(x^2\", \"starts\": [[1]], \"solver\": \"magic\"}"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("/solver: The solver (magic)", "/expression: line 1, column 8");
    }

    @Test
    void pointsAtWhatIsWrongWithTheJson() throws IOException {
        assertThat(run("{\"objective\": \"sphere\",\n \"solvr\": \"adam\"}")).isEqualTo(2);
        assertThat(err.toString()).contains("request.json, line 2, column ", "The field solvr is unknown.");
    }

    @Test
    void failsWhereNoStartIsFinite() throws IOException {
        assertThat(run("{\"expression\": \"log(-x[1])\", \"starts\": [[1]]}")).isEqualTo(1);
        assertThat(out.toString()).contains("value not finite", "NON_FINITE");
    }

    private int run(String request) throws IOException {
        Path file = Files.writeString(directory.resolve("request.json"), request);
        return new CommandLine(new SecantCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "minimize",
                        file.toString(),
                        "--out",
                        directory.resolve("out").toString(),
                        "--quiet");
    }
}
