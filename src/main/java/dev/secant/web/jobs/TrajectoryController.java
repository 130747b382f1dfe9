package dev.secant.web.jobs;

import dev.secant.fit.FittedBody;
import dev.secant.jobs.Jobs;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobKind;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationResult;
import dev.secant.minimize.TrajectoryPoint;
import dev.secant.minimize.output.ResultFormat;
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
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Shows the ways to results, in parts or as files. */
@RestController
@RequestMapping("/v1/jobs/{id}")
@Tag(name = "trajectories", description = "The ways to results")
class TrajectoryController {

    private static final int MAX_PAGE = 500;

    private final Jobs jobs;
    private final Results results;
    private final JsonMapper json;

    TrajectoryController(Jobs jobs, Results results, JsonMapper json) {
        this.jobs = jobs;
        this.results = results;
        this.json = json;
    }

    /**
     * A page of a way.
     *
     * @param from the first point
     * @param limit how many at most
     * @param every every how manieth
     */
    private record Page(int from, int limit, int every) {

        Page {
            if (from < 0 || limit < 1 || limit > MAX_PAGE || every < 1) {
                throw ProblemException.invalid(List.of(RequestError.of(
                        from < 0 ? "from" : every < 1 ? "every" : "limit",
                        "from must not be negative, limit be between 1 and %d, every be positive."
                                .formatted(MAX_PAGE))));
            }
        }

        <S, T> List<T> of(List<S> all, Function<S, T> written) {
            return IntStream.iterate(from, i -> i >= 0 && i < all.size(), i -> i + every)
                    .limit(limit)
                    .mapToObj(i -> written.apply(all.get(i)))
                    .toList();
        }
    }

    @GetMapping("/trajectory")
    @Operation(
            operationId = "getTrajectory",
            summary = "The way to an item's result",
            description = "Of a fit, if it was asked for; of a minimization always, with x where points were kept.")
    JobTrajectory trajectory(
            @PathVariable String id,
            @Parameter(description = "Index in the request") @RequestParam(defaultValue = "0") int item,
            @Parameter(description = "Of a minimization's baseline, rather than its solver")
                    @RequestParam(defaultValue = "false")
                    boolean baseline,
            @Parameter(description = "The first point") @RequestParam(defaultValue = "0") int from,
            @Parameter(description = "How many at most, 1 to 500") @RequestParam(defaultValue = "100") int limit,
            @Parameter(description = "Every how manieth") @RequestParam(defaultValue = "1") int every) {
        Page page = new Page(from, limit, every);
        Job job = JobsController.find(jobs, id);
        ItemResult result = results.item(job, item);
        return switch (job.kind()) {
            case FIT -> fit(result, item, page);
            case MINIMIZATION -> minimization(result, item, baseline, page);
        };
    }

    private JobTrajectory fit(ItemResult result, int item, Page page) {
        if (result.trajectory() == null) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND,
                    "The item (%d) has no trajectory. Maybe send trajectory: true with the request.".formatted(item));
        }
        List<FittedBody.Iterate> all = json.readValue(result.trajectory(), new TypeReference<>() {});
        return new JobTrajectory(item, all.size(), page.of(all, JobTrajectory.Iterate::of), null);
    }

    private JobTrajectory minimization(ItemResult result, int item, boolean baseline, Page page) {
        List<TrajectoryPoint> all = result.result() == null
                ? List.of()
                : TrajectoryPoint.of(json.readValue(result.result(), MinimizationItem.class), baseline)
                        .toList();
        if (all.isEmpty()) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND,
                    baseline
                            ? "The item (%d) has no baseline. Maybe send compareWith with the request.".formatted(item)
                            : "The item (%d) has no trajectory.".formatted(item));
        }
        return new JobTrajectory(item, all.size(), null, page.of(all, Function.identity()));
    }

    @GetMapping("/result.{format}")
    @Operation(
            operationId = "getJobResultFile",
            summary = "A minimization's result as a file",
            description = "csv and ndjson: a line for each point of each way. npz: arrays for NumPy. svg: a plot of the"
                    + " convergence. Has the starts that are done.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
                @Content(mediaType = "application/x-npz", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/svg+xml", schema = @Schema(type = "string"))
            })
    ResponseEntity<byte[]> file(
            @PathVariable String id,
            @Parameter(schema = @Schema(allowableValues = {"csv", "ndjson", "npz", "svg"})) @PathVariable
                    String format) {
        ResultFormat form = ResultFormat.ofExtension(format)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "There is no result.%s; there are result.csv, .ndjson, .npz and .svg.".formatted(format)));
        Job job = JobsController.find(jobs, id);
        MinimizationResult result = job.kind() == JobKind.MINIMIZATION ? results.minimization(job) : null;
        if (result == null) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND, "The job (%s) has no minimization's result (yet).".formatted(id));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            form.write(result, out);
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written to.", e);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(form.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "inline; filename=\"%s.%s\"".formatted(job.id(), form.extension()))
                .body(out.toByteArray());
    }
}
