package dev.secant.minimize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.run.Minimizer;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.optimizer.StopRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The time limit is the request's: it holds for its starts in whatever batches they are, and for nobody else's. */
class TimeBudgetTest {

    private final AtomicLong seconds = new AtomicLong();
    private final Minimizer minimizer = new Minimizer(Device.cpu(), SolverFactory.classical());

    @Test
    void itDoesNotBeginAgainWithTheNextBatch() {
        List<MinimizationProblem> problems = plan("lbfgs").problems();

        List<MinimizationItem> first = minimizer.minimize(problems.subList(0, 2), item -> false);
        seconds.set(61);
        List<MinimizationItem> second = minimizer.minimize(problems.subList(2, 4), item -> false);

        assertThat(first).extracting(item -> item.curve().termination()).containsOnly("CONVERGED");
        assertThat(second).extracting(item -> item.curve().termination()).containsOnly("TIME_LIMIT");
        assertThat(second).extracting(item -> item.curve().evaluations()).containsOnly(1);
    }

    @Test
    void itIsNotThatOfANeighbour() {
        MinimizationPlan plan = plan("auto");
        List<MinimizationProblem> early = plan.problems();
        minimizer.minimize(early.subList(0, 1), item -> false);
        seconds.set(61);
        List<MinimizationProblem> batch = new ArrayList<>(early.subList(1, 2));
        batch.addAll(plan.problems());

        List<MinimizationItem> items = minimizer.minimize(batch, item -> false);

        assertThat(items)
                .extracting(item -> item.curve().termination())
                .containsExactly("TIME_LIMIT", "CONVERGED", "CONVERGED", "CONVERGED", "CONVERGED");
    }

    @Test
    void certificatesKeepToItAndToTheCancel() {
        List<MinimizationProblem> problems = plan("lbfgs").problems();

        List<MinimizationItem> first = minimizer.minimize(problems.subList(0, 2), item -> item == 1);
        seconds.set(61);
        List<MinimizationItem> late = minimizer.minimize(problems.subList(2, 3), item -> false);

        assertThat(first.get(0).certificate().verdict()).isEqualTo("MINIMUM");
        assertThat(first.get(1).certificate()).isNull();
        assertThat(late.get(0).certificate()).isNull();
        assertThat(late.get(0).curve().events())
                .containsExactly("no certificate: the time was up, or the job cancelled");
    }

    private MinimizationPlan plan(String solver) {
        MinimizationPlan plan = new RequestReader()
                .read(new JsonMapper()
                        .readValue(
                                """
                                {"objective": "rosenbrock", "dimension": 6, "solver": "%s", "certificate": true,
                                 "sampling": {"count": 4, "seed": 5, "lower": [0.5], "upper": [1.5]}}"""
                                        .formatted(solver),
                                MinimizationRequest.class));
        StopRule rule = plan.stop()
                .withTimeLimit(Duration.ofSeconds(60))
                .withNanoClock(() -> Duration.ofSeconds(seconds.get()).toNanos());
        return new MinimizationPlan(
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
                plan.minima());
    }
}
