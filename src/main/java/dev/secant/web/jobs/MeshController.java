package dev.secant.web.jobs;

import dev.secant.body.BodyModel;
import dev.secant.body.mesh.GlbWriter;
import dev.secant.body.mesh.Mesh;
import dev.secant.body.mesh.ObjWriter;
import dev.secant.body.mesh.PlyWriter;
import dev.secant.fit.FittedBody;
import dev.secant.fit.output.FittedMeshes;
import dev.secant.jobs.Jobs;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.Job;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import dev.secant.web.errors.RequestError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Computes meshes of fitted bodies on request. */
@RestController
@Tag(name = "meshes", description = "Fitted bodies as mesh files and parameter arrays")
class MeshController {

    private static final String FRAME =
            "Units are metres, y points up, and the camera is at the origin looking along -z (glTF convention): camera space rotated by 180 degrees about x."
                    + " Of a MULTI_VIEW_FIT job it is the world of the cameras, turned so that up is y.";

    private static final String STEP =
            "Return the body after so many steps, 0 for the initial estimate, instead of the result; only if the request set trajectory";

    private final Jobs jobs;
    private final Results results;
    private final JsonMapper json;
    private final BodyModel body;
    private final FittedMeshes meshes;

    MeshController(Jobs jobs, Results results, JsonMapper json, BodyModel body) {
        this.jobs = jobs;
        this.results = results;
        this.json = json;
        this.body = body;
        this.meshes = new FittedMeshes(body);
    }

    /** Writes a file of one person. */
    private interface Writer {
        void write(String name, FittedBody fitted, ItemResult result, OutputStream out) throws IOException;
    }

    /** Writes meshes. */
    private interface MeshWriter {
        void write(List<Mesh> meshes, OutputStream out) throws IOException;
    }

    @GetMapping("/v1/jobs/{id}/meshes/{item}.glb")
    @Operation(operationId = "getMeshGlb", summary = "Mesh of a fitted body as binary glTF 2.0", description = FRAME)
    @ApiResponse(
            responseCode = "200",
            description = "The mesh",
            content = @Content(mediaType = "model/gltf-binary", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> glb(
            @PathVariable String id,
            @Parameter(description = "Index of the person in the request") @PathVariable int item,
            @Parameter(
                            description =
                                    "Return a rigged mesh with skeleton and skin instead of a posed one, animated over the"
                                            + " iterates if the request set trajectory")
                    @RequestParam(defaultValue = "false")
                    boolean rigged,
            @Parameter(description = STEP) @RequestParam(required = false) @Nullable Integer step) {
        if (rigged && step != null) {
            throw ProblemException.invalid(List.of(RequestError.of(
                    "step", "A rigged mesh has all iterates as its animation: give either rigged or step.")));
        }
        Writer writer = rigged
                ? (name, fitted, result, out) -> meshes.writeRigged(name, fitted, iterates(result), out)
                : posed(step, GlbWriter::write);
        return file(id, item, "glb", "model/gltf-binary", writer);
    }

    @GetMapping("/v1/jobs/{id}/meshes/{item}.obj")
    @Operation(operationId = "getMeshObj", summary = "Mesh of a fitted body as Wavefront OBJ", description = FRAME)
    @ApiResponse(
            responseCode = "200",
            description = "The mesh",
            content = @Content(mediaType = "model/obj", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> obj(
            @PathVariable String id,
            @Parameter(description = "Index of the person in the request") @PathVariable int item,
            @Parameter(description = STEP) @RequestParam(required = false) @Nullable Integer step) {
        return file(id, item, "obj", "model/obj", posed(step, ObjWriter::write));
    }

    @GetMapping("/v1/jobs/{id}/meshes/{item}.ply")
    @Operation(operationId = "getMeshPly", summary = "Mesh of a fitted body as binary PLY", description = FRAME)
    @ApiResponse(
            responseCode = "200",
            description = "The mesh",
            content = @Content(mediaType = "model/ply", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> ply(
            @PathVariable String id,
            @Parameter(description = "Index of the person in the request") @PathVariable int item,
            @Parameter(description = STEP) @RequestParam(required = false) @Nullable Integer step) {
        return file(id, item, "ply", "model/ply", posed(step, PlyWriter::write));
    }

    private ResponseEntity<byte[]> file(String id, int item, String extension, String type, Writer writer) {
        Job job = JobsController.find(jobs, id);
        ItemResult result = results.item(job, item);
        FittedBody fitted = results.fittedBody(job, result, body)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ITEM_NOT_FOUND, "The item (%d) has no fitted body.".formatted(item)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write("person-" + item, fitted, result, out);
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written to.", e);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "inline; filename=\"%s-%d.%s\"".formatted(job.id(), item, extension))
                .body(out.toByteArray());
    }

    private Writer posed(@Nullable Integer step, MeshWriter writer) {
        return (name, fitted, result, out) ->
                writer.write(List.of(step == null ? meshes.posed(name, fitted) : after(step, name, result)), out);
    }

    private Mesh after(int step, String name, ItemResult result) {
        FittedBody.Iterate iterate = iterates(result).stream()
                .filter(kept -> kept.step() == step)
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ITEM_NOT_FOUND,
                        "The item (%d) has no iterate of the step (%d). Maybe send trajectory: true with the request."
                                .formatted(result.item(), step)));
        return meshes.posed(name, iterate.betas(), iterate.pose(), iterate.translation());
    }

    private List<FittedBody.Iterate> iterates(ItemResult result) {
        return result.trajectory() == null ? List.of() : json.readValue(result.trajectory(), new TypeReference<>() {});
    }
}
