package dev.secant.web.jobs;

import dev.secant.jobs.Jobs;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.NewJob;
import dev.secant.web.WebProperties;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.RequestError;
import dev.secant.web.security.Caller;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes a job of any kind, waits for it if the client prefers that, and answers. */
@Component
public class Submissions {

    private static final int MAX_KEY = 255;

    private final Jobs jobs;
    private final Results results;
    private final JsonMapper json;
    private final Duration maxWait;
    private final Semaphore waiters;

    Submissions(Jobs jobs, Results results, JsonMapper json, WebProperties properties) {
        this.jobs = jobs;
        this.results = results;
        this.json = json;
        this.maxWait = properties.maxWait();
        this.waiters = new Semaphore(properties.maxWaiters());
    }

    /**
     * How a job was asked for.
     *
     * @param prefer the {@code Prefer} header
     * @param idempotencyKey the {@code Idempotency-Key} header
     */
    public record Headers(@Nullable String prefer, @Nullable String idempotencyKey) {}

    /** 200 with the result if it is there in time, else 202; both say where the job is. */
    public ResponseEntity<JobResult> submit(JobKind kind, int items, Object payload, Headers headers) {
        String key = headers.idempotencyKey();
        if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
            throw ProblemException.invalid(java.util.List.of(RequestError.of(
                    "Idempotency-Key", "The key must have between 1 and %d characters.".formatted(MAX_KEY))));
        }
        Job job = jobs.submit(new NewJob(kind, Caller.current().owner(), items, json.writeValueAsString(payload), key))
                .job();
        job = await(job, headers.prefer());
        ResponseEntity.BodyBuilder response = ResponseEntity.status(
                        job.state().ended() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/v1/jobs/" + job.id()));
        PreferHeader.wait(headers.prefer(), maxWait)
                .ifPresent(wait -> response.header("Preference-Applied", "wait=" + wait.toSeconds()));
        return response.header(HttpHeaders.VARY, "Prefer").body(results.of(job));
    }

    /** Waits for a job's end as long as the client prefers; a service with too many waits does not wait. */
    Job await(Job job, @Nullable String prefer) {
        Optional<Duration> wait = PreferHeader.wait(prefer, maxWait);
        if (wait.isEmpty() || job.state().ended() || !waiters.tryAcquire()) {
            return job;
        }
        try {
            return jobs.await(job.id(), wait.get()).orElse(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return job;
        } finally {
            waiters.release();
        }
    }
}
