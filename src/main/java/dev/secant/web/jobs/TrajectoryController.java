package dev.secant.web.jobs;

import dev.secant.body.BodyModel;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FittedBody;
import dev.secant.fit.output.FittedPoints;
import dev.secant.jobs.Jobs;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.RunningItem;
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
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Returns trajectories, by page or as files. */
@RestController
@RequestMapping("/v1/jobs/{id}")
@Tag(name = "trajectories", description = "Trajectories of items, and minimization results as files")
class TrajectoryController {

    private static final int MAX_PAGE = 500;

    private final Jobs jobs;
    private final Results results;
    private final JsonMapper json;

    private final FittedPoints points;

    TrajectoryController(Jobs jobs, Results results, JsonMapper json, BodyModel body) {
        this.jobs = jobs;
        this.results = results;
        this.json = json;
        this.points = new FittedPoints(body);
    }

    /**
     * A page of a trajectory.
     *
     * @param from index of the first point
     * @param limit maximum number of points
     * @param every returns every n-th point
     */
    private record Page(int from, int limit, int every) {

        Page {
            if (from < 0 || limit < 1 || limit > MAX_PAGE || every < 1) {
                throw ProblemException.invalid(List.of(RequestError.of(
                        from < 0 ? "from" : every < 1 ? "every" : "limit",
                        "from must not be negative, limit must be between 1 and %d, and every must be positive."
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
            summary = "Trajectory of an item",
            description =
                    "FIT jobs have one if the request set trajectory. MINIMIZATION jobs always have one, with x where iterates were kept; that of a running start has a point per second and complete = false.")
    JobTrajectory trajectory(
            @PathVariable String id,
            @Parameter(description = "Index of the item in the request") @RequestParam(defaultValue = "0") int item,
            @Parameter(description = "Return the trajectory of the solver given as compareWith")
                    @RequestParam(defaultValue = "false")
                    boolean baseline,
            @Parameter(description = "Index of the first point") @RequestParam(defaultValue = "0") int from,
            @Parameter(description = "Maximum number of points, 1 to 500") @RequestParam(defaultValue = "100")
                    int limit,
            @Parameter(description = "Return every n-th point") @RequestParam(defaultValue = "1") int every) {
        Page page = new Page(from, limit, every);
        Job job = JobsController.find(jobs, id);
        if (job.kind() == JobKind.FIT) {
            return fit(job, results.item(job, item), page);
        }
        if (job.kind() == JobKind.MULTI_VIEW_FIT) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND, "A fit of several views has no trajectory: its iterates are not kept.");
        }
        if (job.kind() == JobKind.SEQUENCE && job.state().ended()) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND, "A sequence has a trajectory while it runs only: its energy by step.");
        }
        return results.running(job, item)
                .map(running -> running(running, item, baseline, page))
                .orElseGet(() -> minimization(results.item(job, item), item, baseline, page));
    }

    private static JobTrajectory running(RunningItem running, int item, boolean baseline, Page page) {
        List<TrajectoryPoint> all = baseline
                ? List.of()
                : running.points().stream()
                        .map(point -> TrajectoryPoint.running(
                                item, point.steps(), point.evaluations(), point.value(), point.gradientNorm()))
                        .toList();
        int every = 1;
        for (int k = 1; k < all.size(); k++) {
            every = Math.max(every, all.get(k).step() - all.get(k - 1).step());
        }
        return new JobTrajectory(item, all.size(), false, every, null, page.of(all, Function.identity()));
    }

    private JobTrajectory fit(Job job, ItemResult result, Page page) {
        int item = result.item();
        if (result.trajectory() == null) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND,
                    "The item (%d) has no trajectory. Maybe send trajectory: true with the request.".formatted(item));
        }
        List<FittedBody.Iterate> all = json.readValue(result.trajectory(), new TypeReference<>() {});
        FitProblem problem = results.fit(job).people().get(item).problem();
        return new JobTrajectory(
                item,
                all.size(),
                true,
                1,
                page.of(
                        all,
                        iterate -> JobTrajectory.Iterate.of(
                                iterate, points.of(iterate, problem.layout(), problem.camera()))),
                null);
    }

    private JobTrajectory minimization(ItemResult result, int item, boolean baseline, Page page) {
        MinimizationItem read =
                result.result() == null ? null : json.readValue(result.result(), MinimizationItem.class);
        MinimizationItem.Curve curve = read == null ? null : baseline ? read.baseline() : read.curve();
        List<TrajectoryPoint> all =
                read == null ? List.of() : TrajectoryPoint.of(read, baseline).toList();
        if (curve == null) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND,
                    baseline
                            ? "The item (%d) has no baseline. Maybe send compareWith with the request.".formatted(item)
                            : "The item (%d) has no trajectory.".formatted(item));
        }
        return new JobTrajectory(item, all.size(), true, curve.every(), null, page.of(all, Function.identity()));
    }

    @GetMapping("/result.{format}")
    @Operation(
            operationId = "getJobResultFile",
            summary = "Result of a minimization as a file",
            description =
                    "csv and ndjson: one row per trajectory point. npz: NumPy arrays. svg: convergence plot. Contains the"
                            + " starts finished so far. The file is streamed.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
                @Content(mediaType = "application/x-npz", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/svg+xml", schema = @Schema(type = "string"))
            })
    void file(
            @PathVariable String id,
            @Parameter(schema = @Schema(allowableValues = {"csv", "ndjson", "npz", "svg"})) @PathVariable String format,
            HttpServletResponse response)
            throws IOException {
        ResultFormat form = ResultFormat.ofExtension(format)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "There is no result.%s; there are result.csv, .ndjson, .npz and .svg.".formatted(format)));
        Job job = JobsController.find(jobs, id);
        MinimizationResult result = job.kind() == JobKind.MINIMIZATION ? results.minimization(job) : null;
        if (result == null) {
            throw new ProblemException(
                    ProblemType.ITEM_NOT_FOUND, "The job (%s) has no minimization result (yet).".formatted(id));
        }
        response.setContentType(form.mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"%s.%s\"".formatted(job.id(), form.extension()));
        // Straight into the connection: the file is never whole in memory.
        OutputStream out = new BufferedOutputStream(response.getOutputStream());
        form.write(result, out);
        out.flush();
    }
}
