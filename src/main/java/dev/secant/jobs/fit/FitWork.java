package dev.secant.jobs.fit;

import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
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

/** Does FIT jobs: hands their people to the batcher, at most a batch of them at a time, and stores what comes back. */
public final class FitWork implements JobWork {

    /**
     * What the people of a batch have in common, beside the service's body and checkpoint.
     *
     * @param settings the settings of their jobs
     */
    public record Key(FitSettings settings) {}

    static Key key(FitSettings settings) {
        return new Key(settings);
    }

    private final Batcher<Key, FitProblem, FitOutcome> batcher;
    private final JsonMapper json;
    private final FitMetrics metrics;

    /**
     * @param batcher runs the fitter
     * @param json reads payloads and writes results
     * @param metrics counts people
     */
    FitWork(Batcher<Key, FitProblem, FitOutcome> batcher, JsonMapper json, FitMetrics metrics) {
        this.batcher = batcher;
        this.json = json;
        this.metrics = metrics;
    }

    @Override
    public JobKind kind() {
        return JobKind.FIT;
    }

    @Override
    public void run(JobRun run) throws InterruptedException {
        try (Batcher.Announcement announcement = batcher.announce()) {
            run(run, announcement);
        }
    }

    private void run(JobRun run, Batcher.Announcement announcement) throws InterruptedException {
        FitPayload payload = json.readValue(run.payload(), FitPayload.class);
        List<ItemResult> results = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int item = 0; item < payload.people().size(); item++) {
            if (run.isDone(item)) {
                continue;
            }
            if (payload.people().get(item).detected() == 0) {
                results.add(ItemResult.skipped(item, FitPayload.NOBODY));
            } else {
                wanted.add(item);
            }
        }
        int size = batcher.largestBatch();
        for (int from = 0; from < wanted.size(); from += size) {
            List<Integer> chunk = wanted.subList(from, Math.min(from + size, wanted.size()));
            results.addAll(fit(payload, chunk, run, announcement));
            run.add(results);
            results.clear();
        }
        if (!results.isEmpty()) {
            run.add(results);
        }
    }

    private List<ItemResult> fit(FitPayload payload, List<Integer> chunk, JobRun run, Batcher.Announcement announcement)
            throws InterruptedException {
        List<FitProblem> problems =
                chunk.stream().map(item -> payload.people().get(item).problem()).toList();
        List<CompletableFuture<FitOutcome>> bodies = batcher.submit(key(payload.settings()), problems, run::cancelled);
        announcement.close();
        List<ItemResult> results = new ArrayList<>(chunk.size());
        for (int i = 0; i < chunk.size(); i++) {
            results.add(outcome(chunk.get(i), bodies.get(i)));
        }
        return results;
    }

    private ItemResult outcome(int item, CompletableFuture<FitOutcome> pending) throws InterruptedException {
        try {
            FitOutcome fitted = pending.get();
            FittedBody body = fitted.body();
            FittedBody.Quality quality = body.quality();
            metrics.count(quality);
            return new ItemResult(
                    item,
                    quality.termination() == Termination.CANCELLED ? ItemOutcome.CANCELLED : ItemOutcome.SUCCEEDED,
                    json.writeValueAsString(new FitOutcome(withoutTrajectory(body), fitted.provenance())),
                    quality.trajectory().isEmpty() ? null : json.writeValueAsString(quality.trajectory()),
                    null);
        } catch (CancellationException e) {
            return new ItemResult(item, ItemOutcome.CANCELLED, null, null, "Cancelled before it started.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotTriedException notTried) {
                throw notTried;
            }
            return ItemResult.failed(item, ItemFailures.message(item, e));
        }
    }

    private static FittedBody withoutTrajectory(FittedBody body) {
        FittedBody.Quality quality = body.quality();
        return new FittedBody(
                body.pose(),
                body.betas(),
                body.translation(),
                body.camera(),
                body.joints3d(),
                body.joints2d(),
                body.keypoints2d(),
                body.residuals(),
                body.reprojectionError(),
                new FittedBody.Quality(
                        quality.energy(),
                        quality.initialEnergy(),
                        quality.steps(),
                        quality.evaluations(),
                        quality.safeguarded(),
                        quality.termination(),
                        List.of()));
    }
}
