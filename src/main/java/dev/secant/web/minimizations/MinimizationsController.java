package dev.secant.web.minimizations;

import dev.secant.jobs.MinimizationPayload;
import dev.secant.jobs.store.JobKind;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.request.Validation;
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

/** Accepts objectives to minimize. */
@RestController
@RequestMapping("/v1")
@Tag(name = "minimizations", description = "Minimization of objectives, from the catalogue or given as formulas")
class MinimizationsController {

    private final Submissions submissions;
    private final RequestReader reader;
    private final ObjectiveValidation validation;
    private final ResumeReader resume;

    MinimizationsController(
            Submissions submissions, RequestReader reader, ObjectiveValidation validation, ResumeReader resume) {
        this.submissions = submissions;
        this.reader = reader;
        this.validation = validation;
        this.resume = resume;
    }

    @PostMapping(path = "/objectives:validate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "validateObjective",
            summary = "Validate an objective",
            description =
                    "Evaluates the objective at its first start, checks the gradient against finite differences and estimates the cost. Nothing is stored or minimized, and no running job delays it; 503 with Retry-After if too many validations run at once.")
    Validation validate(@RequestBody MinimizationRequest request) throws InterruptedException {
        return validation.validate(read(reader, resume.read(request)));
    }

    /** A published objective. */
    @Schema(name = "CatalogueObjective")
    record CatalogueObjective(
            String name,
            String title,
            String formula,
            String source,
            @Schema(description = "Request body that can be posted to /v1/minimizations as it is")
                    Map<String, Object> example) {}

    /** All published objectives. */
    @Schema(name = "CatalogueObjectives")
    record CatalogueObjectives(List<CatalogueObjective> objectives) {}

    @PostMapping(path = "/minimizations", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createMinimization", summary = "Minimize an objective from one or more starts")
    @Submitted
    ResponseEntity<JobResult> create(
            @RequestBody MinimizationRequest request,
            @Parameter(description = Submitted.PREFER) @RequestHeader(name = "Prefer", required = false) @Nullable
                    String prefer,
            @Parameter(description = Submitted.KEY) @RequestHeader(name = "Idempotency-Key", required = false) @Nullable
                    String key) {
        MinimizationRequest resumed = resume.read(request);
        MinimizationPlan plan = read(reader, resumed);
        return submissions.submit(
                JobKind.MINIMIZATION,
                plan.starts().length,
                MinimizationPayload.of(resumed, plan),
                new Submissions.Headers(prefer, key));
    }

    static MinimizationPlan read(RequestReader reader, MinimizationRequest request) {
        try {
            return reader.read(request);
        } catch (InvalidRequestException e) {
            throw ProblemException.invalid(e.violations().stream()
                    .map(violation -> new RequestError(
                            violation.pointer(), null, violation.message(), violation.line(), violation.column()))
                    .toList());
        }
    }

    @GetMapping("/objectives")
    @Operation(operationId = "listObjectives", summary = "List the objectives of the catalogue")
    CatalogueObjectives objectives() {
        return new CatalogueObjectives(Catalogue.standard().entries().stream()
                .map(entry -> new CatalogueObjective(
                        entry.name(), entry.title(), entry.formula(), entry.source(), new TreeMap<>(entry.example())))
                .toList());
    }
}
