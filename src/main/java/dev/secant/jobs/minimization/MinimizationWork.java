package dev.secant.jobs.minimization;

import dev.secant.jobs.execution.Batcher;
import dev.secant.jobs.execution.ItemFailures;
import dev.secant.jobs.execution.JobRun;
import dev.secant.jobs.execution.JobWork;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.RunningItem;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.ItemProgress;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Does MINIMIZATION jobs: hands their starts to the batcher and stores what comes back. */
public final class MinimizationWork implements JobWork {

    /** Characters of JSON after which results are written. */
    private static final int SLICE_CHARACTERS = 8_000_000;

    private final Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationItem> batcher;
    private final RequestReader reader;
    private final JsonMapper json;

    /**
     * @param batcher runs the minimizer
     * @param reader makes plans of requests
     * @param json reads payloads and writes results
     */
    public MinimizationWork(
            Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationItem> batcher,
            RequestReader reader,
            JsonMapper json) {
        this.batcher = batcher;
        this.reader = reader;
        this.json = json;
    }

    @Override
    public JobKind kind() {
        return JobKind.MINIMIZATION;
    }

    @Override
    public void run(JobRun run) throws InterruptedException {
        MinimizationPlan plan = plan(run.payload());
        List<MinimizationProblem> wanted = IntStream.range(0, plan.starts().length)
                .filter(start -> !run.isDone(start))
                .mapToObj(start -> new MinimizationProblem(plan, start, progress -> report(run, start, progress)))
                .toList();
        int size = batcher.limits().maxBatch();
        for (int from = 0; from < wanted.size(); from += size) {
            List<MinimizationProblem> chunk = wanted.subList(from, Math.min(from + size, wanted.size()));
            store(run, chunk, batcher.submit(plan.key(), chunk, run::cancelled));
        }
    }

    /** In slices, so that the JSON of all trajectories is never in memory at once. */
    private void store(JobRun run, List<MinimizationProblem> chunk, List<CompletableFuture<MinimizationItem>> items)
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
            return reader.read(json.readValue(payload, MinimizationRequest.class));
        } catch (InvalidRequestException e) {
            // It was valid when it was taken: limits are lower now, or a checkpoint has gone.
            throw new IllegalStateException("The stored request is no longer valid: " + e.getMessage(), e);
        }
    }

    private ItemResult outcome(int start, CompletableFuture<MinimizationItem> pending) throws InterruptedException {
        try {
            MinimizationItem item = pending.get();
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
            if (e.getCause() instanceof Batcher.ClosedException closed) {
                throw closed;
            }
            return ItemResult.failed(start, ItemFailures.message(start, e));
        }
    }
}
