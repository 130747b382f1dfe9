package dev.secant.jobs.fit;

import dev.secant.fit.views.MultiViewBody;
import dev.secant.fit.views.MultiViewProblem;
import dev.secant.jobs.devices.Batcher;
import dev.secant.jobs.devices.NotTriedException;
import dev.secant.jobs.execution.ItemFailures;
import dev.secant.jobs.execution.JobRun;
import dev.secant.jobs.execution.JobWork;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.JobKind;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.json.JsonMapper;

/** Does MULTI_VIEW_FIT jobs: hands their people to the batcher, at most a batch of them at a time, and stores what comes back. */
public final class MultiViewWork implements JobWork {

    /**
     * What the people of a batch have in common.
     *
     * @param steps of their jobs
     */
    public record Key(int steps) {}

    private final Batcher<Key, MultiViewProblem, MultiViewBody> batcher;
    private final JsonMapper json;

    /**
     * @param batcher runs the fitter
     * @param json reads payloads and writes results
     */
    MultiViewWork(Batcher<Key, MultiViewProblem, MultiViewBody> batcher, JsonMapper json) {
        this.batcher = batcher;
        this.json = json;
    }

    @Override
    public JobKind kind() {
        return JobKind.MULTI_VIEW_FIT;
    }

    @Override
    public void run(JobRun run) throws InterruptedException {
        MultiViewPayload payload = json.readValue(run.payload(), MultiViewPayload.class);
        List<ItemResult> skipped = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int item = 0; item < payload.people().size(); item++) {
            if (run.isDone(item)) {
                continue;
            }
            if (payload.problem(item).views().stream().anyMatch(MultiViewProblem.View::isSeen)) {
                wanted.add(item);
            } else {
                skipped.add(ItemResult.skipped(item, FitPayload.NOBODY));
            }
        }
        if (!skipped.isEmpty()) {
            run.add(skipped);
        }
        int size = batcher.largestBatch();
        for (int from = 0; from < wanted.size(); from += size) {
            run.add(fit(payload, wanted.subList(from, Math.min(from + size, wanted.size())), run));
        }
    }

    private List<ItemResult> fit(MultiViewPayload payload, List<Integer> chunk, JobRun run)
            throws InterruptedException {
        List<MultiViewProblem> problems = chunk.stream().map(payload::problem).toList();
        List<CompletableFuture<MultiViewBody>> bodies =
                batcher.submit(new Key(payload.steps()), problems, run::cancelled);
        List<ItemResult> results = new ArrayList<>(chunk.size());
        for (int i = 0; i < chunk.size(); i++) {
            results.add(outcome(chunk.get(i), bodies.get(i)));
        }
        return results;
    }

    private ItemResult outcome(int item, CompletableFuture<MultiViewBody> pending) throws InterruptedException {
        try {
            MultiViewBody body = pending.get();
            ItemOutcome outcome = body.quality().termination() == Termination.CANCELLED
                    ? ItemOutcome.CANCELLED
                    : ItemOutcome.SUCCEEDED;
            return new ItemResult(item, outcome, json.writeValueAsString(body), null, null);
        } catch (CancellationException e) {
            return new ItemResult(item, ItemOutcome.CANCELLED, null, null, "Cancelled before it started.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotTriedException notTried) {
                throw notTried;
            }
            return ItemResult.failed(item, ItemFailures.message(item, e));
        }
    }
}
