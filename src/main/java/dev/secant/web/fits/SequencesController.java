package dev.secant.web.fits;

import dev.secant.jobs.fit.SequencePayload;
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

/** Accepts the keypoints of one person in the frames of a video. */
@RestController
@RequestMapping(path = "/v1/sequences", consumes = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "sequences", description = "Fitting of one body to the frames of a video")
class SequencesController {

    private final Submissions submissions;
    private final int maxFrames;

    SequencesController(Submissions submissions, WebProperties properties) {
        this.submissions = submissions;
        this.maxFrames = properties.maxFrames();
    }

    @PostMapping
    @Operation(
            operationId = "createSequence",
            summary = "Fit one body to the frames of a video",
            description =
                    "One shape for all frames, and a pose and a translation for each, smooth over time. Frames without the person are"
                            + " filled in. The result is one item.")
    @Submitted
    ResponseEntity<JobResult> create(
            @RequestBody SequenceRequest request,
            @Parameter(description = Submitted.PREFER) @RequestHeader(name = "Prefer", required = false) @Nullable
                    String prefer,
            @Parameter(description = Submitted.KEY) @RequestHeader(name = "Idempotency-Key", required = false) @Nullable
                    String key) {
        SequencePayload payload = SequenceRequestReader.read(request, maxFrames);
        return submissions.submit(JobKind.SEQUENCE, 1, payload, new Submissions.Headers(prefer, key));
    }
}
