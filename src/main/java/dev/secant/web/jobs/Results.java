package dev.secant.web.jobs;

import dev.secant.body.BodyModel;
import dev.secant.fit.FittedBody;
import dev.secant.fit.sequence.FittedSequence;
import dev.secant.fit.views.MultiViewBody;
import dev.secant.fit.views.WorldFrame;
import dev.secant.jobs.MinimizationPayload;
import dev.secant.jobs.fit.FitOutcome;
import dev.secant.jobs.fit.FitPayload;
import dev.secant.jobs.fit.MultiViewPayload;
import dev.secant.jobs.fit.SequenceOutcome;
import dev.secant.jobs.fit.SequencePayload;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.JobState;
import dev.secant.jobs.store.JobStore;
import dev.secant.jobs.store.RunningItem;
import dev.secant.minimize.MinimizationResult;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Turns stored results into responses. */
@Component
class Results {

    private final JobStore store;
    private final JsonMapper json;

    Results(JobStore store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /** A job with its results; without, if it is still queued. */
    JobResult of(Job job) {
        requireKept(job);
        if (job.state() == JobState.QUEUED) {
            return new JobResult(JobResponse.of(job), null, null, null, null);
        }
        return switch (job.kind()) {
            case FIT -> new JobResult(JobResponse.of(job), people(job), null, null, null);
            case MULTI_VIEW_FIT -> new JobResult(JobResponse.of(job), null, multiViewPeople(job), null, null);
            case SEQUENCE -> new JobResult(JobResponse.of(job), null, null, sequence(job), null);
            case MINIMIZATION -> new JobResult(JobResponse.of(job), null, null, null, minimization(job));
        };
    }

    private @Nullable SequenceResult sequence(Job job) {
        return store.result(job.id(), 0)
                .filter(result -> result.result() != null)
                .map(result -> SequenceResult.of(json.readValue(result.result(), SequenceOutcome.class)))
                .orElse(null);
    }

    /** What a SEQUENCE job found. */
    FittedSequence fittedSequence(Job job) {
        if (job.kind() != JobKind.SEQUENCE) {
            throw new ProblemException(ProblemType.ITEM_NOT_FOUND, "The job (%s) is no sequence.".formatted(job.id()));
        }
        ItemResult result = item(job, 0);
        if (result.result() == null) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND, "The job (%s) has no fitted sequence.".formatted(job.id()));
        }
        return json.readValue(result.result(), SequenceOutcome.class).sequence();
    }

    private List<FittedPerson> people(Job job) {
        FitPayload payload = fit(job);
        return store.results(job.id()).stream()
                .map(result -> FittedPerson.of(
                        result,
                        payload.people().get(result.item()).id(),
                        result.result() == null ? null : json.readValue(result.result(), FitOutcome.class)))
                .toList();
    }

    private List<MultiViewPerson> multiViewPeople(Job job) {
        MultiViewPayload payload = json.readValue(payload(job), MultiViewPayload.class);
        return store.results(job.id()).stream()
                .map(result -> MultiViewPerson.of(
                        result,
                        payload.people().get(result.item()).id(),
                        result.result() == null ? null : json.readValue(result.result(), MultiViewBody.class)))
                .toList();
    }

    /**
     * The body of an item as meshes show it: in camera space, or, of a person in several views, in a level one.
     *
     * @param body the model
     * @return empty if the job fits no bodies, or this one has none
     */
    Optional<FittedBody> fittedBody(Job job, ItemResult result, BodyModel body) {
        if (result.result() == null) {
            return Optional.empty();
        }
        return switch (job.kind()) {
            case FIT ->
                Optional.of(json.readValue(result.result(), FitOutcome.class).body());
            case MULTI_VIEW_FIT ->
                Optional.of(WorldFrame.level(json.readValue(result.result(), MultiViewBody.class), body.skeleton()));
            case SEQUENCE, MINIMIZATION -> Optional.empty();
        };
    }

    /** Null as long as no start has a result. Its items are read from the store when they are gone through. */
    @Nullable
    MinimizationResult minimization(Job job) {
        StoredItems items = new StoredItems(store, job.id(), json);
        return items.isEmpty()
                ? null
                : MinimizationResult.of(
                        MinimizationPayload.read(json, payload(job)).expression(), items);
    }

    /** What a job was asked; its people have results of the same index. */
    JobRequest request(Job job) {
        requireKept(job);
        return switch (job.kind()) {
            case FIT -> JobRequest.of(fit(job));
            case MULTI_VIEW_FIT -> JobRequest.of(json.readValue(payload(job), MultiViewPayload.class));
            case SEQUENCE -> JobRequest.of(json.readValue(payload(job), SequencePayload.class));
            case MINIMIZATION -> JobRequest.of(MinimizationPayload.read(json, payload(job)));
        };
    }

    /** What a FIT job was asked. */
    FitPayload fit(Job job) {
        return json.readValue(payload(job), FitPayload.class);
    }

    private String payload(Job job) {
        return store.payload(job.id())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.JOB_NOT_FOUND, "The job (%s) was deleted.".formatted(job.id())));
    }

    /** The results of all items that are done, of a job that has not expired. */
    List<ItemResult> items(Job job) {
        if (job.state() == JobState.EXPIRED) {
            throw new ProblemException(ProblemType.RESULT_EXPIRED, ProblemType.RESULT_EXPIRED.description());
        }
        return store.results(job.id());
    }

    /**
     * An item of a running minimization that has no result yet; nothing else is known of it before its first second is over.
     *
     * @return empty if the job does not run, the item has a result, or the job has no such item
     */
    Optional<RunningItem> running(Job job, int item) {
        if (job.state() != JobState.RUNNING
                || item < 0
                || item >= job.counts().total()
                || store.result(job.id(), item).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(store.progress(job.id()).stream()
                .flatMap(progress -> progress.items().stream())
                .filter(running -> running.item() == item)
                .findFirst()
                .orElse(new RunningItem(item, 0, List.of())));
    }

    /** The result of an item, of a job that has not expired. */
    ItemResult item(Job job, int item) {
        requireKept(job);
        return store.result(job.id(), item)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ITEM_NOT_FOUND,
                        "The job (%s) has no result for the item (%d) (yet).".formatted(job.id(), item)));
    }

    private static void requireKept(Job job) {
        if (job.state() == JobState.EXPIRED) {
            throw new ProblemException(ProblemType.RESULT_EXPIRED, ProblemType.RESULT_EXPIRED.description());
        }
    }
}
