package dev.secant.minimize.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /v1/objectives:validate} answers.
 *
 * @param formula the formula as it was understood
 * @param dimension n
 * @param starts how many starts
 * @param digest equal for objectives that are evaluated in one batch
 * @param parameters the parameters' shapes
 * @param sumOfSquares whether the solver lm applies
 * @param residuals how many squares are summed, where it does
 * @param value at the first start
 * @param gradientNorm there
 * @param largestGradientError by how much a derivative is off extrapolated differences of values beyond the differences' own error,
 *     relative to it, at most, over 50 variables at most; null where the value is not finite
 * @param gradientAgrees whether that is at most 1e-6
 * @param cost what it takes
 * @param warnings what may surprise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Validation(
        String formula,
        int dimension,
        int starts,
        String digest,
        Map<String, String> parameters,
        boolean sumOfSquares,
        @Nullable Integer residuals,
        @Nullable Double value,
        @Nullable Double gradientNorm,
        @Nullable Double largestGradientError,
        boolean gradientAgrees,
        CostEstimate cost,
        List<String> warnings) {

    /**
     * What it takes.
     *
     * @param operations tensor operations of one evaluation
     * @param numbersPerPoint numbers computed for one point
     * @param megabytesPerBatch memory of the values and gradients of all starts, about
     * @param secondsPerEvaluation measured, value and gradient at all starts together
     */
    public record CostEstimate(
            int operations, long numbersPerPoint, double megabytesPerBatch, double secondsPerEvaluation) {}
}
