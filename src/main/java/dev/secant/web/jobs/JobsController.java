package dev.secant.web.jobs;

import dev.secant.jobs.Jobs;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobFilter;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.JobState;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import dev.secant.web.errors.RequestError;
import dev.secant.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reads and cancels jobs. */
@RestController
@RequestMapping("/v1/jobs")
@Tag(name = "jobs", description = "Status, results, cancellation and deletion of jobs")
class JobsController {

    private static final int MAX_PAGE = 500;
    private static final String PREFER =
            "wait=N holds the response for up to N seconds until the job has ended (RFC 7240)";

    private final Jobs jobs;
    private final Submissions submissions;
    private final Results results;

    JobsController(Jobs jobs, Submissions submissions, Results results) {
        this.jobs = jobs;
        this.submissions = submissions;
        this.results = results;
    }

    @GetMapping
    @Operation(operationId = "listJobs", summary = "List jobs, newest first")
    JobPage list(
            @RequestParam(required = false) @Nullable JobState state,
            @RequestParam(required = false) @Nullable JobKind kind,
            @Parameter(description = "Cursor: the value of next on the previous page")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = "Maximum number of jobs, 1 to 500") @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw ProblemException.invalid(List.of(
                    RequestError.of("limit", "The limit (%d) must be between 1 and %d.".formatted(limit, MAX_PAGE))));
        }
        UUID before = cursor == null
                ? null
                : uuid(
                        cursor,
                        ProblemException.invalid(List.of(RequestError.of(
                                "cursor", "The cursor is malformed. Maybe pass the value of next unchanged."))));
        Caller caller = Caller.current();
        List<Job> found = jobs.store()
                .list(new JobFilter(caller.seesAll() ? null : caller.owner(), state, kind, before, limit + 1));
        boolean more = found.size() > limit;
        List<Job> page = more ? found.subList(0, limit) : found;
        return new JobPage(
                page.stream().map(JobResponse::of).toList(),
                more ? page.get(limit - 1).id().toString() : null);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getJob", summary = "Status of a job")
    JobResponse get(
            @PathVariable String id,
            @Parameter(description = PREFER) @RequestHeader(name = "Prefer", required = false) @Nullable
                    String prefer) {
        return JobResponse.of(submissions.await(find(id), prefer));
    }

    @GetMapping("/{id}/result")
    @Operation(
            operationId = "getJobResult",
            summary = "Result of a job",
            description = "Can be read while the job is running; it then contains the items finished so far.")
    JobResult result(
            @PathVariable String id,
            @Parameter(description = PREFER) @RequestHeader(name = "Prefer", required = false) @Nullable
                    String prefer) {
        return results.of(submissions.await(find(id), prefer));
    }

    @PostMapping("/{id}/cancel")
    @Operation(
            operationId = "cancelJob",
            summary = "Cancel a job",
            description = "Keeps the best results found so far. A job that has already ended is left unchanged.")
    JobResponse cancel(@PathVariable String id) {
        Job job = find(id);
        return JobResponse.of(jobs.cancel(job.id()).orElseThrow(() -> notFound(id)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204", description = "The job, its request and its results have been deleted")
    @Operation(operationId = "deleteJob", summary = "Delete a job, its request and its results")
    void delete(@PathVariable String id) {
        if (!jobs.delete(find(id).id())) {
            throw notFound(id);
        }
    }

    private Job find(String id) {
        return find(jobs, id);
    }

    /** A job that the caller sees; another one's is answered as one that never was. */
    static Job find(Jobs jobs, String id) {
        Caller caller = Caller.current();
        return jobs.store()
                .find(uuid(id, notFound(id)))
                .filter(job -> caller.sees(job.owner()))
                .orElseThrow(() -> notFound(id));
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(ProblemType.JOB_NOT_FOUND, "There is no job with the id (%s).".formatted(id));
    }

    private static UUID uuid(String text, ProblemException otherwise) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw otherwise;
        }
    }
}
