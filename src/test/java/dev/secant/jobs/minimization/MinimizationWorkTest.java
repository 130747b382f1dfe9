package dev.secant.jobs.minimization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.jobs.MinimizationPayload;
import dev.secant.jobs.execution.JobRun;
import dev.secant.jobs.execution.JobSignals;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.JobLease;
import dev.secant.jobs.store.JobState;
import dev.secant.jobs.store.JobStore;
import dev.secant.minimize.MinimizationAnswer;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class MinimizationWorkTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final List<ItemResult> stored = new ArrayList<>();
    private final List<MinimizationProblem> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theChunksOfAJobShareItsTimeAndWhatIsNotConfirmedIsFailed() throws Exception {
        MinimizationRequest request = JSON.readValue(
                "{\"objective\": \"sphere\", \"dimension\": 2, \"sampling\": {\"count\": 5}}",
                MinimizationRequest.class);
        MinimizationPlan plan = new RequestReader().read(request);
        new MinimizationWork(twoAtOnce(), new RequestReader(), JSON, new MinimizationMetrics(new SimpleMeterRegistry()))
                .run(run(JSON.writeValueAsString(MinimizationPayload.of(request, plan))));
        assertThat(seen).hasSize(5);
        assertThat(seen)
                .extracting(MinimizationProblem::time)
                .containsOnly(seen.get(0).time());
        assertThat(stored).extracting(ItemResult::outcome).containsOnly(ItemOutcome.FAILED);
        assertThat(stored).extracting(ItemResult::error).contains("not confirmed, 4");
        assertThat(stored).extracting(ItemResult::result).containsOnlyNulls();
    }

    private MinimizationRunner twoAtOnce() {
        return new MinimizationRunner() {
            @Override
            public int chunk() {
                return 2;
            }

            @Override
            public List<CompletableFuture<MinimizationAnswer>> submit(
                    MinimizationPlan plan, List<MinimizationProblem> problems, BooleanSupplier cancelled) {
                return answers(problems).stream()
                        .map(CompletableFuture::completedFuture)
                        .toList();
            }
        };
    }

    private List<MinimizationAnswer> answers(List<MinimizationProblem> problems) {
        seen.addAll(problems);
        return problems.stream()
                .map(problem -> new MinimizationAnswer(null, "not confirmed, " + problem.start()))
                .toList();
    }

    /** A run whose results go to a list. */
    private JobRun run(String payload) {
        Job job = new Job(
                new UUID(0, 1),
                JobKind.MINIMIZATION,
                "",
                JobState.RUNNING,
                new Job.ItemCounts(5, 0, 0, 0, 0),
                0,
                1,
                false,
                null,
                "",
                null,
                Instant.EPOCH,
                null,
                null,
                0);
        JobStore store = (JobStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("write");
                    ((List<?>) Arrays.asList(arguments).get(1)).forEach(result -> stored.add((ItemResult) result));
                    return true;
                });
        return new JobRun(
                new JobLease(job, new UUID(0, 2), payload, Set.of()),
                store,
                new JobSignals(),
                Clock.systemUTC(),
                () -> false);
    }
}
