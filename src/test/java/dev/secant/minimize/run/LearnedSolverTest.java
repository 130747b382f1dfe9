package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.tensor.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LearnedSolverTest {

    private static final Sr1Settings SMALL = new Sr1Settings(Sr1Settings.Variant.AS_WRITTEN, 4, 6, 5, 0.1, 0.001);

    @TempDir
    private Path directory;

    private CheckpointRegistry registry;
    private SolverFactory solvers;

    @BeforeEach
    void writeCheckpoints() throws IOException {
        write("small", "as-written");
        write("of-another-kind", "body-fit");
        registry = CheckpointRegistry.withDirectory(directory);
        solvers = SolverFactory.of(registry);
    }

    private void write(String name, String preset) throws IOException {
        CheckpointManifest manifest = new CheckpointManifest(
                name,
                "1.2.0",
                preset,
                Map.of("memory", 4, "hidden", 6, "latent", 5, "rateScale", 0.1, "rateExponent", 0.001),
                "",
                "",
                7,
                Map.of(),
                Map.of(),
                "Apache-2.0",
                List.of());
        Checkpoint.seal(manifest, new SafeTensors(Map.of(), new Sr1Networks(SMALL).initialise(7)))
                .write(directory);
    }

    @Test
    void withoutACheckpointTheGeneralOneRuns() {
        MinimizationItem item = run("{\"objective\": \"rosenbrock\", \"dimension\": 10, \"solver\": \"lsr1\"}");
        assertThat(item.curve().solver()).startsWith("Secant general@");
        assertThat(item.value()).isLessThan(1e-12);
    }

    @ParameterizedTest
    @CsvSource({"small", "small@latest", "small@1.2.0"})
    void aNamedCheckpointRunsAndIsNamedInFull(String reference) {
        MinimizationItem item = run(
                """
                {"objective": "sphere", "dimension": 3, "solver": "lsr1", "solverOptions": {"checkpoint": "%s"},
                 "stop": {"maxSteps": 15}}"""
                        .formatted(reference));
        assertThat(item.curve().solver()).isEqualTo("L-SR1 (as-written) small@1.2.0");
        assertThat(item.value()).isLessThan(item.curve().values().get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lsr1|nobody|There is no checkpoint (nobody)",
                "auto|small@9.0.0|There is no checkpoint (small@9.0.0)",
                "lsr1|of-another-kind|has the preset (body-fit)",
                "adam|small|for the solvers lsr1 and auto only"
            })
    void pointsAtACheckpointThatCannotRun(String solver, String checkpoint, String reason) {
        String body = "{\"objective\": \"sphere\", \"solver\": \"%s\", \"solverOptions\": {\"checkpoint\": \"%s\"}}"
                .formatted(solver, checkpoint);
        assertThatThrownBy(() -> run(body)).isInstanceOfSatisfying(InvalidRequestException.class, e -> {
            assertThat(e.violations()).hasSize(1);
            assertThat(e.violations().get(0).pointer()).isEqualTo("/solverOptions/checkpoint");
            assertThat(e.violations().get(0).message()).contains(reason);
        });
    }

    /** Untrained weights lead nowhere in this valley, so L-BFGS must take over. */
    @Test
    void autoHandsOverFromACheckpointThatDoesBadly() {
        MinimizationItem item = run(
                """
                {"objective": "rosenbrock", "dimension": 10, "solverOptions": {"checkpoint": "small"}}""");
        assertThat(item.curve().events()).anyMatch(event -> event.contains("handed over"));
        assertThat(item.value()).isLessThan(1e-12);
    }

    /** The memory is the client's number; the weights are loaded once all the same. */
    @Test
    void weightsAreLoadedOnceWhateverTheMemory() {
        for (int memory : new int[] {3, 4, 5, 6}) {
            run(
                    """
                    {"objective": "sphere", "solver": "lsr1", "stop": {"maxSteps": 2},
                     "solverOptions": {"checkpoint": "small", "memory": %d}}"""
                            .formatted(memory));
        }
        assertThat(solvers.loaded()).isEqualTo(1);
    }

    @Test
    void weightsThatTheRegistryListsNoMoreAreFreed() throws IOException {
        run("{\"objective\": \"sphere\", \"solver\": \"lsr1\", \"solverOptions\": {\"checkpoint\": \"small\"}}");
        for (Path file : List.of(
                directory.resolve("small/1.2.0/manifest.json"),
                directory.resolve("small/1.2.0").resolve(Checkpoint.WEIGHTS_FILE),
                directory.resolve("small/1.2.0"))) {
            Files.delete(file);
        }
        write("other", "as-written");
        registry.refresh();
        run("{\"objective\": \"sphere\", \"solver\": \"lsr1\", \"solverOptions\": {\"checkpoint\": \"other\"}}");

        assertThat(registry.find("small")).isEmpty();
        assertThat(solvers.loaded()).isEqualTo(1);
    }

    private MinimizationItem run(String body) {
        MinimizationPlan plan = new RequestReader(ExpressionLimits.DEFAULT, solvers)
                .read(new JsonMapper().readValue(body, MinimizationRequest.class));
        return new Minimizer(Device.cpu(), solvers).minimize(plan).items().get(0);
    }
}
