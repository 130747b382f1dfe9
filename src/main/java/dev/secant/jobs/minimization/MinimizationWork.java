package dev.secant.jobs.minimization;

import dev.secant.jobs.MinimizationPayload;
import dev.secant.jobs.devices.NotTriedException;
import dev.secant.jobs.execution.JobRun;
import dev.secant.jobs.execution.JobWork;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.JobKind;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.MinimizationAnswer;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.minimize.request.RequestReader;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.json.JsonMapper;

/** Does MINIMIZATION jobs: has their starts run and stores what comes back. */
public final class MinimizationWork implements JobWork {

    private final MinimizationRunner runner;
    private final RequestReader reader;
    private final JsonMapper json;
    private final MinimizationMetrics metrics;

    /**
     * @param runner runs starts
     * @param reader makes plans of requests
     * @param json reads payloads and writes results
     * @param metrics counts starts
     */
    MinimizationWork(MinimizationRunner runner, RequestReader reader, JsonMapper json, MinimizationMetrics metrics) {
        this.runner = runner;
        this.reader = reader;
        this.json = json;
        this.metrics = metrics;
    }

    @Override
    public JobKind kind() {
        return JobKind.MINIMIZATION;
    }

    @Override
    public void run(JobRun run) throws InterruptedException {
        MinimizationPlan plan = plan(run.payload());
        List<MinimizationProblem> wanted = plan.problems().stream()
                .filter(problem -> !run.isDone(problem.start()))
                .toList();
        int size = runner.chunk();
        for (int from = 0; from < wanted.size(); from += size) {
            List<MinimizationProblem> chunk = wanted.subList(from, Math.min(from + size, wanted.size()));
            List<CompletableFuture<MinimizationAnswer>> items = runner.submit(plan, chunk, run::cancelled);
            List<ItemResult> results = new ArrayList<>(chunk.size());
            for (int i = 0; i < chunk.size(); i++) {
                results.add(outcome(chunk.get(i).start(), items.get(i)));
            }
            run.add(results);
        }
    }

    private MinimizationPlan plan(String payload) {
        try {
            return reader.read(MinimizationPayload.read(json, payload).request());
        } catch (InvalidRequestException e) {
            // It was valid when it was taken: limits are lower now, or a checkpoint has gone.
            throw new IllegalStateException("The stored request is no longer valid: " + e.getMessage(), e);
        }
    }

    private ItemResult outcome(int start, CompletableFuture<MinimizationAnswer> pending) throws InterruptedException {
        try {
            MinimizationAnswer answer = pending.get();
            MinimizationItem item = answer.item();
            if (item == null) {
                return ItemResult.failed(start, String.valueOf(answer.failure()));
            }
            metrics.count(item.curve());
            boolean cancelled = Termination.CANCELLED.name().equals(item.curve().termination());
            return new ItemResult(
                    start,
                    cancelled ? ItemOutcome.CANCELLED : ItemOutcome.SUCCEEDED,
                    json.writeValueAsString(item),
                    null,
                    null);
        } catch (CancellationException e) {
            return new ItemResult(start, ItemOutcome.CANCELLED, null, null, "Cancelled before it started.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotTriedException notTried) {
                throw notTried;
            }
            return ItemResult.failed(start, String.valueOf(e.getCause()));
        }
    }
}
