package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.MinimizationRequest.StopRules;
import dev.secant.minimize.request.RequestReader;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.catalogue.CatalogueEntry;
import dev.secant.objective.syntax.ExpressionLimits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bundled checkpoint {@code general} on the 35 problems of Moré, Garbow and Hillstrom, none of which it was trained on: from the
 * standard start it solves each within 500 evaluations.
 */
class GeneralCheckpointTest {

    private static final double SOLVED = 1e-4;

    private final SolverFactory solvers = SolverFactory.of(CheckpointRegistry.bundled());
    private final Minimizer minimizer = new Minimizer(Device.cpu(), solvers);

    static Stream<CatalogueEntry> problems() {
        return Catalogue.standard().entries().stream()
                .filter(entry -> entry.name().startsWith("mgh"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void solvesEveryProblem(CatalogueEntry entry) {
        MinimizationItem item = run(entry, "lsr1");
        assertThat(item.curve().solver()).startsWith("Secant general@");
        assertThat(item.curve().termination()).doesNotContain("DIVERGED");
        assertThat(gap(entry, item)).isLessThanOrEqualTo(SOLVED);
    }

    @Test
    void thereAre35() {
        assertThat(problems()).hasSize(35);
    }

    /** Of the gap that the start had, to the nearest published optimum. */
    private static double gap(CatalogueEntry entry, MinimizationItem item) {
        int n = Integer.parseInt(entry.dimension());
        double start = item.curve().values().get(0);
        double value = item.value() == null ? Double.POSITIVE_INFINITY : item.value();
        return entry.minima(n).stream()
                .mapToDouble(minimum -> Math.abs(value - minimum) / Math.abs(start - minimum))
                .min()
                .orElseThrow();
    }

    private MinimizationItem run(CatalogueEntry entry, String solver) {
        int n = Integer.parseInt(entry.dimension());
        List<Double> start = Arrays.stream(entry.start(n)).boxed().toList();
        MinimizationRequest request = MinimizationRequest.ofExpression(entry.formula(), List.of(start))
                .withSolver(solver)
                .withStop(new StopRules(500, 500, 0.0, null, null, null));
        MinimizationPlan plan = new RequestReader(ExpressionLimits.DEFAULT, solvers).read(request);
        return minimizer.minimize(plan).items().get(0);
    }
}
