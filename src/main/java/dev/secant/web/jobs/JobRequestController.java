package dev.secant.web.jobs;

import dev.secant.jobs.Jobs;
import dev.secant.jobs.store.Job;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Returns what a job was asked. */
@RestController
@Tag(name = "jobs")
class JobRequestController {

    private final Jobs jobs;
    private final Results results;

    JobRequestController(Jobs jobs, Results results) {
        this.jobs = jobs;
        this.results = results;
    }

    @GetMapping("/v1/jobs/{id}/request")
    @Operation(
            operationId = "getJobRequest",
            summary = "Request of a job",
            description =
                    "For showing a result beside what was asked, and for asking again. Kept as long as the results; of a resumed"
                            + " minimization it contains the starts that it was resumed from.")
    JobRequest request(@PathVariable String id) {
        Job job = JobsController.find(jobs, id);
        return results.request(job);
    }
}
