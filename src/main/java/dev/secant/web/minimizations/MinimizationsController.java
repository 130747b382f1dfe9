package dev.secant.web.minimizations;

import dev.secant.jobs.MinimizationPayload;
import dev.secant.jobs.store.JobKind;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.request.Validation;
import dev.secant.minimize.request.Validator;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.RequestError;
import dev.secant.web.jobs.JobResult;
import dev.secant.web.jobs.Submissions;
import dev.secant.web.jobs.Submitted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes objectives to minimize. */
@RestController
@RequestMapping("/v1")
@Tag(name = "minimizations", description = "Minima of objectives, from a catalogue or written as formulas")
class MinimizationsController {

    private final Submissions submissions;
    private final RequestReader reader;
    private final Validator validator = new Validator();

    MinimizationsController(Submissions submissions, RequestReader reader) {
        this.submissions = submissions;
        this.reader = reader;
    }

    @PostMapping(path = "/objectives:validate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "validateObjective",
            summary = "Try an objective at its first start",
            description = "Value, gradient checked against differences, and cost; nothing is stored or minimized.")
    Validation validate(@RequestBody MinimizationRequest request) {
        return validator.validate(read(reader, request));
    }

    /** A published objective. */
    @Schema(name = "CatalogueObjective")
    record CatalogueObjective(
            String name,
            String title,
            String formula,
            String source,
            @Schema(description = "A body that can be posted to /v1/minimizations as it is")
                    Map<String, Object> example) {}

    /** All published objectives. */
    @Schema(name = "CatalogueObjectives")
    record CatalogueObjectives(List<CatalogueObjective> objectives) {}

    @PostMapping(path = "/minimizations", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createMinimization", summary = "Minimize an objective from one or many starts")
    @Submitted
    ResponseEntity<JobResult> create(
            @RequestBody MinimizationRequest request,
            @Parameter(description = Submitted.PREFER) @RequestHeader(name = "Prefer", required = false) @Nullable
                    String prefer,
            @Parameter(description = Submitted.KEY) @RequestHeader(name = "Idempotency-Key", required = false) @Nullable
                    String key) {
        MinimizationPlan plan = read(reader, request);
        return submissions.submit(
                JobKind.MINIMIZATION,
                plan.starts().length,
                MinimizationPayload.of(request, plan),
                new Submissions.Headers(prefer, key));
    }

    static MinimizationPlan read(RequestReader reader, MinimizationRequest request) {
        try {
            return reader.read(request);
        } catch (InvalidRequestException e) {
            throw ProblemException.invalid(e.violations().stream()
                    .map(violation -> RequestError.at(violation.pointer(), violation.message()))
                    .toList());
        }
    }

    @GetMapping("/objectives")
    @Operation(operationId = "listObjectives", summary = "The published objectives of the catalogue")
    CatalogueObjectives objectives() {
        return new CatalogueObjectives(Catalogue.standard().entries().stream()
                .map(entry -> new CatalogueObjective(
                        entry.name(), entry.title(), entry.formula(), entry.source(), new TreeMap<>(entry.example())))
                .toList());
    }
}
