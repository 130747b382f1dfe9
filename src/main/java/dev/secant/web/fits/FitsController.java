package dev.secant.web.fits;

import dev.secant.jobs.fit.FitPayload;
import dev.secant.jobs.store.JobKind;
import dev.secant.web.WebProperties;
import dev.secant.web.jobs.JobResult;
import dev.secant.web.jobs.Submissions;
import dev.secant.web.jobs.Submitted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accepts keypoints to fit bodies to. */
@RestController
@RequestMapping(path = "/v1/fits", consumes = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "fits", description = "Fitting of bodies to 2D keypoints")
class FitsController {

    private final Submissions submissions;
    private final int maxPeople;

    FitsController(Submissions submissions, WebProperties properties) {
        this.submissions = submissions;
        this.maxPeople = properties.maxPeople();
    }

    @PostMapping
    @Operation(operationId = "createFit", summary = "Fit bodies to keypoints")
    @Submitted
    ResponseEntity<JobResult> create(
            @RequestBody FitRequest request,
            @Parameter(description = Submitted.PREFER) @RequestHeader(name = "Prefer", required = false) @Nullable
                    String prefer,
            @Parameter(description = Submitted.KEY) @RequestHeader(name = "Idempotency-Key", required = false) @Nullable
                    String key) {
        FitPayload payload = FitRequestReader.read(request, maxPeople);
        return submissions.submit(JobKind.FIT, payload.people().size(), payload, new Submissions.Headers(prefer, key));
    }

    @PostMapping("/openpose")
    @Operation(operationId = "createFitFromOpenPose", summary = "Fit bodies to all people in an OpenPose output file")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = OpenPoseDocument.class)))
    @Submitted
    ResponseEntity<JobResult> createFromOpenPose(
            @RequestBody byte[] file,
            @ParameterObject OpenPoseParameters parameters,
            @Parameter(description = Submitted.PREFER) @RequestHeader(name = "Prefer", required = false) @Nullable
                    String prefer,
            @Parameter(description = Submitted.KEY) @RequestHeader(name = "Idempotency-Key", required = false) @Nullable
                    String key) {
        FitPayload payload = parameters.payload(file, maxPeople);
        return submissions.submit(JobKind.FIT, payload.people().size(), payload, new Submissions.Headers(prefer, key));
    }
}
