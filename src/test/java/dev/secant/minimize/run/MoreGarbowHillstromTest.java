package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.MinimizationRequest.StopRules;
import dev.secant.minimize.request.RequestReader;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.catalogue.CatalogueEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The 35 problems, posted as expressions, from the standard start with {@code auto} and at most 2,000 evaluations. */
class MoreGarbowHillstromTest {

    @Test
    void reachesThePublishedOptima() {
        Minimizer minimizer = new Minimizer(Device.cpu(), SolverFactory.classical());
        StringBuilder table = new StringBuilder("%n%-32s %4s %7s %6s %14s %14s  %s%n"
                .formatted("problem", "n", "steps", "evals", "value", "published", "ended"));
        int reached = 0;
        for (CatalogueEntry entry : Catalogue.standard().entries()) {
            if (!entry.name().startsWith("mgh")) {
                continue;
            }
            int n = Integer.parseInt(entry.dimension());
            List<Double> start = java.util.Arrays.stream(entry.start(n)).boxed().toList();
            MinimizationRequest request = MinimizationRequest.ofExpression(entry.formula(), List.of(start))
                    .withStop(new StopRules(2_000, 2_000, 1e-10, null, null, null));
            MinimizationItem item = minimizer
                    .minimize(new RequestReader().read(request))
                    .items()
                    .get(0);
            double value = item.value() == null ? Double.NaN : item.value();
            boolean hit = entry.minima(n).stream().anyMatch(minimum -> isAt(value, minimum));
            reached += hit ? 1 : 0;
            assertThat(item.curve().evaluations()).isLessThan(2_050);
            table.append("%-32s %4d %7d %6d %14.6e %14.6e  %s%s%n"
                    .formatted(
                            entry.name(),
                            n,
                            item.curve().steps(),
                            item.curve().evaluations(),
                            value,
                            entry.minima(n).get(0),
                            item.curve().termination(),
                            hit ? "" : "   MISSED"));
        }
        System.out.println(table.append(reached).append(" of 35 at a published optimum"));
        assertThat(reached).as(table.toString()).isGreaterThanOrEqualTo(33);
    }

    /** To the digits that are printed in the paper. */
    private static boolean isAt(double value, double published) {
        return published == 0 ? value < 1e-8 : Math.abs(value - published) <= 2e-4 * Math.abs(published);
    }
}
