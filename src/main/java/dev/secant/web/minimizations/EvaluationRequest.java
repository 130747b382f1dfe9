package dev.secant.web.minimizations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code POST /v1/objectives:evaluate} takes. */
@Schema(description = "An objective, and the points to evaluate it at")
public record EvaluationRequest(
        @Schema(description = "Name of a catalogue objective; cannot be combined with expression") @Nullable
                String objective,
        @Schema(description = "Objective as a formula; see docs/objectives.md") @Nullable String expression,
        @Schema(description = "Named numbers, vectors or matrices used in the formula") @Nullable
                Map<String, @Nullable Object> parameters,
        @Schema(
                        description = "Points of n numbers each; at most 100,000 numbers together",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                double @Nullable [] @Nullable [] points) {}
