package dev.secant.minimize.request;

import dev.secant.minimize.MinimizationRequest.StopRules;
import dev.secant.optimizer.StopRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads stopping criteria, within a service's limits. */
final class StopReader {

    /** Some thousand units of rounding, so that sums of many terms meet it. */
    private static final double RELATIVE_GRADIENT = 1e-12;

    private static final double RELATIVE_GRADIENT_FLOAT32 = 1e-5;
    private static final int MAX_STEPS = 100_000;

    private static final int MAX_EVALUATIONS = 1_000_000;
    private static final double MAX_SECONDS = 3_600;

    private StopReader() {}

    /** The rule of a request, with defaults where it says nothing. */
    static StopRule stop(@Nullable StopRules rules, boolean float64, Violations violations) {
        StopRules given = rules == null ? new StopRules(null, null, null, null, null, null) : rules;
        int steps = given.maxSteps() == null ? 1_000 : given.maxSteps();
        int evaluations = given.maxEvaluations() == null ? 10_000 : given.maxEvaluations();
        double gradient = given.gradientTolerance() == null ? 1e-8 : given.gradientTolerance();
        double relative = given.relativeGradientTolerance() != null
                ? given.relativeGradientTolerance()
                : gradient == 0 ? 0 : float64 ? RELATIVE_GRADIENT : RELATIVE_GRADIENT_FLOAT32;
        double decrease = given.relativeDecreaseTolerance() == null ? 0 : given.relativeDecreaseTolerance();
        double seconds = given.timeLimitSeconds() == null ? 60 : given.timeLimitSeconds();
        int before = violations.size();
        violations.require(
                steps >= 1 && steps <= MAX_STEPS,
                "/stop/maxSteps",
                "The maxSteps (%d) must be from 1 to %d.".formatted(steps, MAX_STEPS));
        violations.require(
                evaluations >= 1 && evaluations <= MAX_EVALUATIONS,
                "/stop/maxEvaluations",
                "The maxEvaluations (%d) must be from 1 to %d.".formatted(evaluations, MAX_EVALUATIONS));
        violations.require(
                gradient >= 0,
                "/stop/gradientTolerance",
                "The gradientTolerance (%s) must not be negative.".formatted(gradient));
        violations.require(
                relative >= 0,
                "/stop/relativeGradientTolerance",
                "The relativeGradientTolerance (%s) must not be negative.".formatted(relative));
        violations.require(
                decrease >= 0,
                "/stop/relativeDecreaseTolerance",
                "The relativeDecreaseTolerance (%s) must not be negative.".formatted(decrease));
        violations.require(
                seconds > 0 && seconds <= MAX_SECONDS,
                "/stop/timeLimitSeconds",
                "The timeLimitSeconds (%s) must be above 0 and at most %s.".formatted(seconds, MAX_SECONDS));
        return violations.size() == before
                ? StopRule.steps(steps)
                        .withMaxEvaluations(evaluations)
                        .withGradientTolerance(gradient)
                        .withRelativeGradientTolerance(relative)
                        .withRelativeDecreaseTolerance(decrease)
                        .withTimeLimit(Duration.ofNanos((long) (seconds * 1e9)))
                : StopRule.steps(1);
    }
}
