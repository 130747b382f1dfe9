package dev.secant.jobs.minimization;

import dev.secant.jobs.MinimizationPayload;
import dev.secant.jobs.devices.NotTriedException;
import dev.secant.jobs.execution.ItemFailures;
import dev.secant.jobs.execution.JobRun;
import dev.secant.jobs.execution.JobWork;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.RunningItem;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.ItemProgress;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Does MINIMIZATION jobs: has their starts run and stores what comes back. */
public final class MinimizationWork implements JobWork {

    /** Characters of JSON after which results are written. */
    private static final int SLICE_CHARACTERS = 8_000_000;

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
                .map(problem -> problem.watchedBy(progress -> report(run, problem.start(), progress)))
                .toList();
        int size = runner.chunk();
        for (int from = 0; from < wanted.size(); from += size) {
            List<MinimizationProblem> chunk = wanted.subList(from, Math.min(from + size, wanted.size()));
            store(run, chunk, runner.submit(plan, chunk, run::cancelled));
        }
    }

    /** In slices, so that the JSON of all trajectories is never in memory at once. */
    private void store(JobRun run, List<MinimizationProblem> chunk, List<CompletableFuture<MinimizationAnswer>> items)
            throws InterruptedException {
        List<ItemResult> slice = new ArrayList<>();
        int characters = 0;
        for (int i = 0; i < chunk.size(); i++) {
            ItemResult result = outcome(chunk.get(i).start(), items.get(i));
            slice.add(result);
            characters += result.result() == null ? 0 : result.result().length();
            if (characters > SLICE_CHARACTERS || i == chunk.size() - 1) {
                run.add(slice);
                slice.clear();
                characters = 0;
            }
        }
    }

    private static void report(JobRun run, int start, ItemProgress progress) {
        run.progress()
                .report(
                        start,
                        new RunningItem.Point(
                                progress.steps(),
                                progress.evaluations(),
                                finite(progress.value()),
                                finite(progress.gradientNorm())),
                        progress.fraction());
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
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
            return ItemResult.failed(start, ItemFailures.message(start, e));
        }
    }
}
