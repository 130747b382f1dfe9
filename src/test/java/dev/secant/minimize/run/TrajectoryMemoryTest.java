package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.MinimizationResult;
import dev.secant.minimize.output.ResultFormat;
import dev.secant.minimize.request.RequestReader;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** A request with 26 million numbers of trajectories, in a process of its own with 256 MB. */
class TrajectoryMemoryTest {

    private static final String REQUEST =
            """
            {"expression": "sum((x - 1)^2)", "dimension": 2, "sampling": {"count": 1024, "lower": [-1], "upper": [0]},
             "solver": "adam", "solverOptions": {"learningRate": 1e-6}, "stop": {"maxSteps": 5000, "timeLimitSeconds": 600}}""";

    @Test
    @Timeout(600)
    void aThousandStartsOfFiveThousandStepsFitIntoAQuarterOfAGigabyte() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrajectoryMemoryTest.class.getName())
                .redirectErrorStream(true)
                .start();

        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("1024 starts");
    }

    /** Minimizes and writes every format, as the forked process. */
    public static void main(String[] arguments) throws Exception {
        RequestReader reader = new RequestReader();
        MinimizationResult result = new Minimizer(Device.cpu(), SolverFactory.classical())
                .minimize(reader.read(JsonMapper.shared().readValue(REQUEST, MinimizationRequest.class)));
        int points = 0;
        for (MinimizationItem item : result.items()) {
            points += item.curve().values().size();
        }
        for (ResultFormat format : ResultFormat.values()) {
            format.write(result, OutputStream.nullOutputStream());
        }
        System.out.printf("%d starts, %d points%n", result.items().size(), points);
    }
}
