package dev.secant.minimize;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /v1/minimizations} takes.
 *
 * @param objective a name of the catalogue; not together with an expression
 * @param expression a formula, see docs/objectives.md
 * @param dimension the number of variables n; by default that of the starts, else the catalogue's
 * @param parameters numbers, vectors or matrices by name; the catalogue's defaults where left out
 * @param starts one or many points, each n numbers; by default the catalogue's usual start
 * @param sampling more starts, drawn from a box
 * @param bounds a box that the points stay in
 * @param solver auto, lsr1, lbfgs, sr1, bfgs, newton-cg, adam or lm
 * @param solverOptions settings of the solver
 * @param stop when to stop
 * @param compareWith another solver that runs beside, from the same starts
 * @param trajectory what is kept of it
 * @param certificate whether curvature at the result is computed
 * @param precision float64 (default) or float32
 * @param resume an earlier job to continue from the best points it found
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MinimizationRequest(
        @Nullable String objective,
        @Nullable String expression,
        @Nullable Integer dimension,
        @Nullable Map<String, @Nullable Object> parameters,
        @Nullable List<@Nullable List<@Nullable Double>> starts,
        @Nullable StartSampling sampling,
        @Nullable Bounds bounds,
        @Nullable String solver,
        @Nullable SolverOptions solverOptions,
        @Nullable StopRules stop,
        @Nullable String compareWith,
        @Nullable TrajectoryOptions trajectory,
        @Nullable Boolean certificate,
        @Nullable String precision,
        @Nullable Resume resume) {

    /** A request for a formula and its starts. */
    public static MinimizationRequest ofExpression(String expression, List<@Nullable List<@Nullable Double>> starts) {
        return new MinimizationRequest(
                null, expression, null, null, starts, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same with another solver. */
    public MinimizationRequest withSolver(String name) {
        return new MinimizationRequest(
                objective,
                expression,
                dimension,
                parameters,
                starts,
                sampling,
                bounds,
                name,
                solverOptions,
                stop,
                compareWith,
                trajectory,
                certificate,
                precision,
                resume);
    }

    /** The same with other stop rules. */
    public MinimizationRequest withStop(StopRules rules) {
        return new MinimizationRequest(
                objective,
                expression,
                dimension,
                parameters,
                starts,
                sampling,
                bounds,
                solver,
                solverOptions,
                rules,
                compareWith,
                trajectory,
                certificate,
                precision,
                resume);
    }

    /**
     * An earlier job whose results are the starts. The objective, its parameters and the bounds are that job's, and so is every setting
     * that the request leaves out. The secant pairs, and whatever else a solver had built up, are not kept: it begins anew at these points.
     *
     * @param job the id of a MINIMIZATION job that has ended, by itself or by cancellation
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resume(@Nullable String job) {}

    /**
     * Starts drawn uniformly from a box.
     *
     * @param count how many
     * @param seed the same seed draws the same starts
     * @param lower n numbers, or one for all variables; by default the bounds', else the catalogue's domain
     * @param upper likewise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StartSampling(
            @Nullable Integer count,
            @Nullable Long seed,
            @Nullable List<@Nullable Double> lower,
            @Nullable List<@Nullable Double> upper) {}

    /**
     * A box: {@code x = l + (u - l) (1 + sin z) / 2} where both sides are bounded, {@code l - 1 + sqrt(1 + z^2)} where one
     * is; the solver works on z.
     *
     * @param lower n numbers, or one for all variables; null within the list for none
     * @param upper likewise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bounds(@Nullable List<@Nullable Double> lower, @Nullable List<@Nullable Double> upper) {}

    /**
     * Settings of solvers; each uses those it knows.
     *
     * @param memory secant pairs kept by lsr1, lbfgs and sr1; by default 16, 10 and 10, or the checkpoint's
     * @param learningRate adam's, 0.01 by default
     * @param checkpoint learned weights for lsr1 and auto, {@code name@version}; GET /v1/checkpoints lists them;
     *     {@code general} if none is named
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SolverOptions(@Nullable Integer memory, @Nullable Double learningRate, @Nullable String checkpoint) {}

    /**
     * When a start is done; whichever comes first.
     *
     * @param maxSteps steps, 1,000 by default
     * @param maxEvaluations evaluations of value and gradient, 10,000 by default
     * @param gradientTolerance Euclidean norm of the gradient, 1e-8 by default; 0 switches it off
     * @param relativeGradientTolerance {@code ||g|| max(1, ||x||)} relative to the value, where going as far as x is long would not change the value by
     *     more than this part; by default 1e-12 in float64 and 1e-5 in float32, 0 where gradientTolerance is 0; 0 switches it off
     * @param relativeDecreaseTolerance decrease of a step relative to the value; 0, off, by default
     * @param timeLimitSeconds wall clock for all starts, phases and the solver compared with, together; 60 by
     *     default
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StopRules(
            @Nullable Integer maxSteps,
            @Nullable Integer maxEvaluations,
            @Nullable Double gradientTolerance,
            @Nullable Double relativeGradientTolerance,
            @Nullable Double relativeDecreaseTolerance,
            @Nullable Double timeLimitSeconds) {}

    /**
     * What is kept besides values, gradient norms, step lengths and secant residuals.
     *
     * @param iterates whether points are kept
     * @param every each how many steps one is kept; 1 by default
     * @param cosines whether the angle between each step and steepest descent is worked out, at the cost of one
     *     evaluation a step
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TrajectoryOptions(@Nullable Boolean iterates, @Nullable Integer every, @Nullable Boolean cosines) {}
}
