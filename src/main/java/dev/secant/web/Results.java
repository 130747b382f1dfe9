package dev.secant.web;

import dev.secant.fit.FittedBody;
import dev.secant.jobs.FitPayload;
import dev.secant.jobs.ItemResult;
import dev.secant.jobs.Job;
import dev.secant.jobs.JobKind;
import dev.secant.jobs.JobState;
import dev.secant.jobs.JobStore;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes responses of what is stored. */
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
        if (job.state() == JobState.EXPIRED) {
            throw new ProblemException(ProblemType.RESULT_EXPIRED, ProblemType.RESULT_EXPIRED.description());
        }
        if (job.state() == JobState.QUEUED || job.kind() != JobKind.FIT) {
            return new JobResult(JobResponse.of(job), null);
        }
        FitPayload payload = payload(job);
        List<FittedPerson> people = store.results(job.id()).stream()
                .map(result -> FittedPerson.of(
                        result,
                        payload.people().get(result.item()).id(),
                        result.result() == null ? null : json.readValue(result.result(), FittedBody.class)))
                .toList();
        return new JobResult(JobResponse.of(job), people);
    }

    private FitPayload payload(Job job) {
        return json.readValue(
                store.payload(job.id())
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.JOB_NOT_FOUND, "The job (%s) was deleted.".formatted(job.id()))),
                FitPayload.class);
    }

    /** The result of an item, of a job that has not expired. */
    ItemResult item(Job job, int item) {
        if (job.state() == JobState.EXPIRED) {
            throw new ProblemException(ProblemType.RESULT_EXPIRED, ProblemType.RESULT_EXPIRED.description());
        }
        return store.result(job.id(), item)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ITEM_NOT_FOUND,
                        "The job (%s) has no result of the item (%d), or not yet.".formatted(job.id(), item)));
    }
}
