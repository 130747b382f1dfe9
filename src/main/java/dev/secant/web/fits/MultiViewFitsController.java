package dev.secant.web.fits;

import dev.secant.jobs.fit.MultiViewPayload;
import dev.secant.jobs.store.JobKind;
import dev.secant.web.WebProperties;
import dev.secant.web.jobs.JobResult;
import dev.secant.web.jobs.Submissions;
import dev.secant.web.jobs.Submitted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accepts keypoints of several calibrated cameras to fit one body a person to. */
@RestController
@RequestMapping(path = "/v1/multi-view-fits", consumes = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "fits", description = "Fitting of bodies to 2D keypoints")
class MultiViewFitsController {

    private final Submissions submissions;
    private final int maxPeople;

    MultiViewFitsController(Submissions submissions, WebProperties properties) {
        this.submissions = submissions;
        this.maxPeople = properties.maxPeople();
    }

    @PostMapping
    @Operation(
            operationId = "createMultiViewFit",
            summary = "Fit one body per person to the views of several calibrated cameras",
            description =
                    "The result is in the world of the cameras. Meshes are levelled: see GET /v1/jobs/{id}/meshes.")
    @Submitted
    ResponseEntity<JobResult> create(
            @RequestBody MultiViewFitRequest request,
            @Parameter(description = Submitted.PREFER) @RequestHeader(name = "Prefer", required = false) @Nullable
                    String prefer,
            @Parameter(description = Submitted.KEY) @RequestHeader(name = "Idempotency-Key", required = false) @Nullable
                    String key) {
        MultiViewPayload payload = MultiViewFitRequestReader.read(request, maxPeople);
        return submissions.submit(
                JobKind.MULTI_VIEW_FIT, payload.people().size(), payload, new Submissions.Headers(prefer, key));
    }
}
