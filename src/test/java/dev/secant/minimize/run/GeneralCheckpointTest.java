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
import org.junit.jupiter.api.Test;

/**
 * The bundled checkpoint {@code general} on the 35 problems of Moré, Garbow and Hillstrom, none of which it was trained on: from the
 * standard start, with 500 evaluations, it diverges on none, and solves at least as many as L-BFGS.
 */
class GeneralCheckpointTest {

    private static final double SOLVED = 1e-4;

    private final SolverFactory solvers = SolverFactory.of(CheckpointRegistry.bundled());
    private final Minimizer minimizer = new Minimizer(Device.cpu(), solvers);

    @Test
    void solvesAtLeastAsManyAsLbfgs() {
        int general = 0;
        int lbfgs = 0;
        StringBuilder table = new StringBuilder();
        for (CatalogueEntry entry : Catalogue.standard().entries()) {
            if (entry.name().startsWith("mgh")) {
                MinimizationItem own = run(entry, "lsr1");
                MinimizationItem other = run(entry, "lbfgs");
                assertThat(own.curve().solver()).startsWith("Secant general@");
                assertThat(own.curve().termination()).as(entry.name()).doesNotContain("DIVERGED");
                double ownGap = gap(entry, own);
                double otherGap = gap(entry, other);
                general += ownGap <= SOLVED ? 1 : 0;
                lbfgs += otherGap <= SOLVED ? 1 : 0;
                table.append("%n%-32s %10.1e %10.1e".formatted(entry.name(), ownGap, otherGap));
            }
        }
        System.out.printf("Relative gaps, general and L-BFGS:%s%nsolved: %d and %d of 35%n", table, general, lbfgs);
        assertThat(general).as(table.toString()).isGreaterThanOrEqualTo(lbfgs);
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
