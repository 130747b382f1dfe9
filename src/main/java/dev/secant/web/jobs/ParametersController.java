package dev.secant.web.jobs;

import dev.secant.body.BodyModel;
import dev.secant.fit.FittedBody;
import dev.secant.fit.output.BodyParameters;
import dev.secant.fit.output.SequenceFiles;
import dev.secant.fit.output.WorldParameters;
import dev.secant.fit.sequence.FittedSequence;
import dev.secant.fit.views.MultiViewBody;
import dev.secant.jobs.Jobs;
import dev.secant.jobs.fit.FitOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobKind;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Writes the fitted bodies of a job as NumPy arrays. */
@RestController
@Tag(name = "meshes")
class ParametersController {

    private static final String NPZ = "application/x-npz";

    private final Jobs jobs;
    private final Results results;
    private final JsonMapper json;
    private final SequenceFiles sequences;

    ParametersController(Jobs jobs, Results results, JsonMapper json, BodyModel body) {
        this.jobs = jobs;
        this.results = results;
        this.json = json;
        this.sequences = new SequenceFiles(body);
    }

    @GetMapping("/v1/jobs/{id}/params.npz")
    @Operation(
            operationId = "getParametersNpz",
            summary = "Parameters of all fitted bodies as NumPy arrays",
            description =
                    "Arrays named as in AMASS, one row per body: poses (N, 72), betas (N, 10), trans (N, 3), gender; in addition"
                            + " K (N, 3, 3), the camera matrix, distortion (N, 5), its k1, k2, p1, p2, k3, item (N), the index in the request, and reprojection_error (N). Coordinates are"
                            + " in camera space: metres, x right, y down, z forward. Of a MULTI_VIEW_FIT job they are in the world of the cameras,"
                            + " with joints (N, 24, 3) instead of K and distortion. For a SEQUENCE job one file in AMASS's layout, z up: poses"
                            + " (T, 156) of SMPL-H with hands zero, trans (T, 3), betas (16), gender, mocap_framerate; in addition"
                            + " observed (T).")
    @ApiResponse(
            responseCode = "200",
            description = "The arrays",
            content = @Content(mediaType = NPZ, schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> npz(@PathVariable String id) {
        Job job = JobsController.find(jobs, id);
        if (job.kind() == JobKind.SEQUENCE) {
            FittedSequence sequence = results.fittedSequence(job);
            return answer(job, out -> sequences.writeAmass("sequence", sequence, out));
        }
        List<Integer> items = new ArrayList<>();
        List<FittedBody> bodies = new ArrayList<>();
        List<MultiViewBody> worldBodies = new ArrayList<>();
        for (ItemResult result : results.items(job)) {
            if (job.kind() == JobKind.FIT && result.result() != null) {
                items.add(result.item());
                bodies.add(json.readValue(result.result(), FitOutcome.class).body());
            } else if (job.kind() == JobKind.MULTI_VIEW_FIT && result.result() != null) {
                items.add(result.item());
                worldBodies.add(json.readValue(result.result(), MultiViewBody.class));
            }
        }
        if (items.isEmpty()) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND, "The job (%s) has no fitted body (yet).".formatted(job.id()));
        }
        return answer(job, out -> {
            if (worldBodies.isEmpty()) {
                BodyParameters.write(items, bodies, out);
            } else {
                WorldParameters.write(items, worldBodies, out);
            }
        });
    }

    /** Writes a file. */
    private interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private static ResponseEntity<byte[]> answer(Job job, Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out);
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written to.", e);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(NPZ))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s.npz\"".formatted(job.id()))
                .body(out.toByteArray());
    }
}
