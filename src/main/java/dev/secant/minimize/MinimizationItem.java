package dev.secant.minimize;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one start. Numbers that are not finite are null.
 *
 * @param start its index
 * @param x the best point found, n numbers
 * @param value the value there
 * @param gradientNorm the Euclidean norm of the gradient there; of the solver's free variables where there are bounds
 * @param knownMinimum the published minimum nearest to the value, if any is
 * @param curve how it was found
 * @param baseline the same by the solver that it is compared with
 * @param certificate curvature at x, if asked for
 * @param provenance where it was computed; null in results of versions that did not record it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MinimizationItem(
        int start,
        List<@Nullable Double> x,
        @Nullable Double value,
        @Nullable Double gradientNorm,
        @Nullable Double knownMinimum,
        Curve curve,
        @Nullable Curve baseline,
        @Nullable Certificate certificate,
        @Nullable MinimizationProvenance provenance) {

    /** The solver's trajectory, and the baseline's if there is one. */
    public List<Curve> curves() {
        return baseline == null ? List.of(curve) : List.of(curve, baseline);
    }

    /**
     * The trajectory of one solver; lists have one entry for the start and one for each recorded step. Every step is recorded unless
     * the request is over the budget for trajectories ({@code secant.minimize.max-trajectory-numbers}).
     *
     * @param solver its name
     * @param termination why it stopped
     * @param reason which rule it converged by: GRADIENT, RELATIVE_GRADIENT, DECREASE or ROUNDING (the value cannot fall further in the
     *     arithmetic); null where it did not converge
     * @param value the best value
     * @param steps steps done
     * @param evaluations evaluations of value and gradient
     * @param safeguarded steps that were shortened or replaced
     * @param events what a reader should know, such as a change of method
     * @param every the largest number of steps from one recorded point to the next; 1 where every step is recorded
     * @param recordedSteps the step of each recorded point; absent where every step is recorded
     * @param values the values
     * @param gradientNorms the gradients' norms
     * @param stepLengths the steps' lengths
     * @param secantResiduals {@code ||B q - p|| / ||p||} of the matrix before the pair; null for methods without one
     * @param cosines of the angle between each step and steepest descent, if asked for
     * @param evaluationCounts evaluations used up to each point
     * @param iterates points kept, if asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Curve(
            String solver,
            String termination,
            @Nullable String reason,
            @Nullable Double value,
            int steps,
            int evaluations,
            int safeguarded,
            List<String> events,
            int every,
            @Nullable List<Integer> recordedSteps,
            List<@Nullable Double> values,
            List<@Nullable Double> gradientNorms,
            List<@Nullable Double> stepLengths,
            List<@Nullable Double> secantResiduals,
            @Nullable List<@Nullable Double> cosines,
            List<Integer> evaluationCounts,
            @Nullable List<Iterate> iterates) {

        /** The step of a recorded point. */
        public int step(int point) {
            return recordedSteps == null ? point : recordedSteps.get(point);
        }
    }

    /**
     * A point of a trajectory.
     *
     * @param step after how many steps
     * @param x n numbers
     */
    public record Iterate(int step, List<@Nullable Double> x) {}

    /**
     * What the derivatives say about a result; variables that a bound holds are left out.
     *
     * @param verdict MINIMUM, DEGENERATE (no negative curvature, some is zero), SADDLE, or NOT_STATIONARY
     * @param statement the same in words
     * @param gradientNorm of the objective itself
     * @param smallestEigenvalue of the Hessian
     * @param largestEigenvalue of the Hessian
     * @param method full, or lanczos with its number of steps
     * @param eigenvalues all of them where the method is full, ascending
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Certificate(
            String verdict,
            String statement,
            @Nullable Double gradientNorm,
            @Nullable Double smallestEigenvalue,
            @Nullable Double largestEigenvalue,
            String method,
            @Nullable List<@Nullable Double> eigenvalues) {}
}
