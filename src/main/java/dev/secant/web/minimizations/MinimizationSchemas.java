package dev.secant.web.minimizations;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Describes the fields of minimization requests and results; their records know nothing of OpenAPI. */
@Component
final class MinimizationSchemas implements OpenApiCustomizer {

    private static final Map<String, Map<String, String>> DESCRIPTIONS = Map.of(
            "MinimizationRequest",
            Map.ofEntries(
                    Map.entry("objective", "Name of a catalogue objective; cannot be combined with expression"),
                    Map.entry("expression", "Objective as a formula; see docs/objectives.md"),
                    Map.entry(
                            "dimension",
                            "Number of variables n; defaults to that of the starts, else of the catalogue objective"),
                    Map.entry("parameters", "Named numbers, vectors or matrices used in the formula"),
                    Map.entry(
                            "starts",
                            "Starting points, n numbers each; defaults to the usual start of the catalogue objective"),
                    Map.entry("sampling", "Additional starting points, drawn uniformly from a box"),
                    Map.entry("bounds", "Box constraints on the variables"),
                    Map.entry("solver", "auto (default), lsr1, lbfgs, sr1, bfgs, newton-cg, adam or lm"),
                    Map.entry("solverOptions", "Options of the solver"),
                    Map.entry("stop", "Stopping criteria of each start"),
                    Map.entry("compareWith", "A second solver to run from the same starts"),
                    Map.entry(
                            "trajectory",
                            "What to record in addition to values, gradient norms, step lengths and secant residuals"),
                    Map.entry("certificate", "Whether to compute the curvature at each result"),
                    Map.entry("precision", "float64 (default) or float32"),
                    Map.entry(
                            "resume",
                            "Continues an earlier MINIMIZATION job from the best points it found. Objective, parameters and bounds are those of"
                                    + " the job and must be omitted; other settings default to the job's. Secant pairs are not kept")),
            "Resume",
            Map.of("job", "Id of a MINIMIZATION job that has ended"),
            "TrajectoryOptions",
            Map.of(
                    "iterates", "Whether to record the iterates",
                    "every",
                            "Record every n-th iterate (default 1); rounded up to a power of two if the trajectory is thinned",
                    "cosines",
                            "Whether to record the cosine of the angle between each step and steepest descent, at one evaluation per step"),
            "StopRules",
            Map.of(
                    "maxSteps", "Maximum number of steps, 1 to 100,000 (default 1,000)",
                    "maxEvaluations",
                            "Maximum number of evaluations of value and gradient, 1 to 1,000,000 (default 10,000)",
                    "gradientTolerance",
                            "Euclidean norm of the gradient to stop at (default 1e-8); 0 disables the criterion",
                    "relativeGradientTolerance",
                            "Gradient norm relative to value and point to stop at; 0 disables the criterion",
                    "relativeDecreaseTolerance",
                            "Relative decrease of the value per step to stop at (default 0, disabled)",
                    "timeLimitSeconds", "Wall-clock limit in seconds, at most 3,600 (default 60)"),
            "MinimizationItem",
            Map.of("provenance", "Where the start was minimized"),
            "MinimizationProvenance",
            Map.of(
                    "storage",
                    "Storage of the run that found the result; where several optimizers took part, as in auto, of the one whose point is"
                            + " the answer. Results on arrays and tensors differ in their last digits"),
            "Curve",
            Map.of(
                    "every",
                    "Largest number of steps between two recorded points: 1 if every step is recorded, more if the trajectory was"
                            + " thinned to keep within secant.minimize.max-trajectory-numbers",
                    "recordedSteps",
                    "Step of each recorded point; absent if every step is recorded",
                    "values",
                    "Value at each recorded point",
                    "gradientNorms",
                    "Euclidean norm of the gradient at each recorded point",
                    "stepLengths",
                    "Length of the step that led to each recorded point",
                    "evaluationCounts",
                    "Evaluations used up to each recorded point"));

    @Override
    public void customise(OpenAPI api) {
        DESCRIPTIONS.forEach((schema, fields) -> fields.forEach((field, description) -> {
            Schema<?> described = api.getComponents().getSchemas().get(schema);
            Schema<?> property =
                    described == null ? null : described.getProperties().get(field);
            if (property == null) {
                throw new IllegalStateException("The schema %s has no field %s to describe.".formatted(schema, field));
            }
            property.setDescription(description);
        }));
    }
}
