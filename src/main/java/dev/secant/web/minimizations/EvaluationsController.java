package dev.secant.web.minimizations;

import dev.secant.minimize.Json;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.RequestError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Evaluates objectives, for example on the grid of a contour plot. */
@RestController
@Tag(name = "minimizations")
class EvaluationsController {

    static final int MAX_NUMBERS = 100_000;

    /** Numbers computed for all points together; about a second of work. */
    static final double MAX_WORK = 1e8;

    private final RequestReader reader;
    private final ObjectiveValidation validation;

    EvaluationsController(RequestReader reader, ObjectiveValidation validation) {
        this.reader = reader;
        this.validation = validation;
    }

    /** Values at points. */
    @Schema(name = "Evaluation")
    record Evaluation(
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "The value at each point, in the order of the request; null where it is not finite"),
                            schema =
                                    @Schema(
                                            types = {"number", "null"},
                                            format = "double"))
                    List<@Nullable Double> values) {}

    @PostMapping(path = "/v1/objectives:evaluate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "evaluateObjective",
            summary = "Evaluate an objective at points",
            description =
                    "Returns values only, in double precision, for example on a grid to plot. Nothing is stored, and no running job"
                            + " delays it; 503 with Retry-After if too many evaluations run at once.")
    Evaluation evaluate(@RequestBody EvaluationRequest request) throws InterruptedException {
        double[][] points = points(request.points());
        MinimizationPlan plan = MinimizationsController.read(reader, objective(request, points[0]));
        double work = (double) points.length * plan.compiled().cost().elements();
        if (work > MAX_WORK) {
            throw invalid(
                    "/points",
                    "The %d points take about %.0f numbers to evaluate, but at most %.0f are computed in one request. Maybe send the points in several."
                            .formatted(points.length, work, MAX_WORK));
        }
        return new Evaluation(Json.numbers(validation.values(plan, points)));
    }

    private static double[][] points(double @Nullable [] @Nullable [] points) {
        if (points == null || points.length == 0) {
            throw invalid("/points", "There is no point to evaluate at.");
        }
        double[][] checked = new double[points.length][];
        int n = points[0] == null ? 0 : points[0].length;
        for (int i = 0; i < points.length; i++) {
            double[] point = points[i];
            if (point == null || point.length == 0 || point.length != n) {
                throw invalid("/points/" + i, "Every point must have the same number of coordinates, at least one.");
            }
            if (!Arrays.stream(point).allMatch(Double::isFinite)) {
                throw invalid("/points/" + i, "The coordinates must be finite.");
            }
            checked[i] = point;
        }
        if ((long) points.length * n > MAX_NUMBERS) {
            throw invalid(
                    "/points",
                    "The %d points have %d numbers, but at most %d are allowed."
                            .formatted(points.length, (long) points.length * n, MAX_NUMBERS));
        }
        return checked;
    }

    private static MinimizationRequest objective(EvaluationRequest request, double[] point) {
        return new MinimizationRequest(
                request.objective(),
                request.expression(),
                point.length,
                request.parameters(),
                List.of(new ArrayList<>(Arrays.stream(point).boxed().toList())),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static ProblemException invalid(String pointer, String detail) {
        return ProblemException.invalid(List.of(RequestError.at(pointer, detail)));
    }
}
