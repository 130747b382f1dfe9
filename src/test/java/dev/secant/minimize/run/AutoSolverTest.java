package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.optimizer.StopRule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AutoSolverTest {

    private final Minimizer minimizer = new Minimizer(Device.cpu(), SolverFactory.classical());

    @Test
    void saysWhatItSawAtEachWatch() {
        MinimizationItem.Curve curve = run(plan(
                        """
                        {"expression": "sum(x^4) + sum(100 * (x[2:n] - x[1:n-1]^2)^2) + sum(sqrt(1 + x^2))",
                         "dimension": 40, "sampling": {"count": 1, "seed": 3, "lower": [-3], "upper": [3]},
                         "stop": {"gradientTolerance": 1e-9}}"""))
                .curve();
        assertThat(curve.solver()).isEqualTo("auto");
        assertThat(curve.events()).isNotEmpty();
        assertThat(curve.events().get(0)).startsWith("step 30: L-BFGS tried beside Secant (untrained) with ");
        assertThat(curve.termination()).isIn("CONVERGED", "STALLED");
        assertThat(curve.evaluationCounts()).isSorted();
        int last = curve.evaluationCounts().get(curve.evaluationCounts().size() - 1);
        assertThat(curve.evaluations()).as("with those of the trials").isGreaterThanOrEqualTo(last);
    }

    @Test
    void handsOverNothingThatEndedByRounding() {
        MinimizationItem.Curve curve = run(plan(
                        """
                        {"expression": "1e5 + (x[1] - 1)^2 + 10 * (x[2] - x[1]^2)^2", "starts": [[-1.2, 1]],
                         "stop": {"gradientTolerance": 1e-13, "relativeGradientTolerance": 0}}"""))
                .curve();
        assertThat(curve.termination()).isEqualTo("CONVERGED");
        assertThat(curve.reason()).isIn("ROUNDING", "GRADIENT");
        assertThat(curve.events()).noneMatch(event -> event.contains("BFGS"));
        assertThat(curve.evaluations()).isLessThan(150);
    }

    /** A clock that is a second later each time it is looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "lm", "lbfgs"})
    void oneTimeLimitHoldsForAllPhasesAndTheBaseline(String solver) {
        MinimizationPlan plan =
                plan("{\"objective\": \"rosenbrock\", \"dimension\": 50, \"solver\": \"%s\", \"compareWith\": \"adam\"}"
                        .formatted(solver));
        AtomicLong seconds = new AtomicLong();
        StopRule rule = plan.stop().withTimeLimit(Duration.ofSeconds(12)).withNanoClock(() -> Duration.ofSeconds(
                        seconds.incrementAndGet())
                .toNanos());
        MinimizationItem item = run(new MinimizationPlan(
                plan.definition(),
                plan.compiled(),
                plan.starts(),
                plan.bounds(),
                plan.method(),
                plan.compareWith(),
                rule,
                plan.recording(),
                plan.certificate(),
                plan.float64(),
                List.of()));
        assertThat(item.curve().termination()).isEqualTo("TIME_LIMIT");
        assertThat(item.baseline().termination()).isEqualTo("TIME_LIMIT");
        assertThat(item.baseline().evaluations()).isEqualTo(1);
        assertThat(seconds.get()).isLessThan(24);
    }

    private MinimizationItem run(MinimizationPlan plan) {
        return minimizer.minimize(plan).items().get(0);
    }

    private static MinimizationPlan plan(String body) {
        return new RequestReader().read(new JsonMapper().readValue(body, MinimizationRequest.class));
    }
}
