package dev.secant.web.jobs;

import dev.secant.body.BodyModel;
import dev.secant.fit.output.SequenceFiles;
import dev.secant.fit.sequence.FittedSequence;
import dev.secant.jobs.Jobs;
import dev.secant.jobs.store.Job;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Writes fitted sequences as files of motion. */
@RestController
@Tag(name = "sequences")
class SequenceFilesController {

    private static final String FRAME = "Metres, y up: the camera is at the origin and looks along -z.";

    private final Jobs jobs;
    private final Results results;
    private final SequenceFiles files;

    SequenceFilesController(Jobs jobs, Results results, BodyModel body) {
        this.jobs = jobs;
        this.results = results;
        this.files = new SequenceFiles(body);
    }

    /** Writes a sequence. */
    private interface Writer {
        void write(String name, FittedSequence sequence, OutputStream out) throws IOException;
    }

    @GetMapping("/v1/jobs/{id}/sequence.glb")
    @Operation(
            operationId = "getSequenceGlb",
            summary = "Fitted sequence as animated binary glTF 2.0",
            description = FRAME + " With skeleton, skin and one animation.")
    @ApiResponse(
            responseCode = "200",
            description = "The animated body",
            content = @Content(mediaType = "model/gltf-binary", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> glb(@PathVariable String id) {
        return file(id, "glb", "model/gltf-binary", files::writeGlb);
    }

    @GetMapping("/v1/jobs/{id}/sequence.bvh")
    @Operation(
            operationId = "getSequenceBvh",
            summary = "Fitted sequence as Biovision Hierarchy",
            description = FRAME + " Lengths in the file are centimetres.")
    @ApiResponse(
            responseCode = "200",
            description = "The motion",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    ResponseEntity<byte[]> bvh(@PathVariable String id) {
        return file(id, "bvh", "text/plain", files::writeBvh);
    }

    private ResponseEntity<byte[]> file(String id, String extension, String type, Writer writer) {
        Job job = JobsController.find(jobs, id);
        FittedSequence sequence = results.fittedSequence(job);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write("sequence", sequence, out);
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written to.", e);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s.%s\"".formatted(job.id(), extension))
                .body(out.toByteArray());
    }
}
