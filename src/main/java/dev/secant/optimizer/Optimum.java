package dev.secant.optimizer;

import java.util.List;

/**
 * The result of one batch.
 *
 * @param x the best points found, {@code [B, n]}: rows, or a tensor of the start's manager that {@link #close} closes
 * @param storage where the batch was minimized
 * @param engine what its vectors cost the engine
 * @param items one outcome an item
 */
public record Optimum(Points x, Storage storage, EngineUse engine, List<Outcome> items) implements AutoCloseable {

    /** Units of rounding within which two evaluators' values of a point count as one. */
    private static final double FEW_DIGITS = 1e4;

    public Optimum {
        items = List.copyOf(items);
    }

    @Override
    public void close() {
        x.close();
    }

    /**
     * What happened to one item. Histories have one entry for the start and one for each recorded step, NaN where unknown; all steps
     * are recorded unless {@link Observer#historyLimit} says otherwise.
     *
     * @param value the value at the result
     * @param gradientNorm the Euclidean norm of the gradient there
     * @param steps steps done
     * @param evaluations evaluations of value and gradient
     * @param termination why it stopped
     * @param convergence which rule it converged by; {@link Convergence#NONE} where it did not
     * @param recordedSteps the step k of each entry: 0, 1, 2, ... where all are recorded; the last step is always among them
     * @param values {@code f(x_k)}
     * @param gradientNorms {@code ||g_k||}
     * @param stepLengths {@code ||x_k - x_(k-1)||}; 0 at the start
     * @param secantResiduals {@code ||B q - p|| / ||p||} of the matrix before the pair; NaN for methods without one
     * @param evaluationCounts evaluations used up to the k-th point
     * @param safeguarded steps where the proposed step was shortened or replaced
     */
    public record Outcome(
            double value,
            double gradientNorm,
            int steps,
            int evaluations,
            Termination termination,
            Convergence convergence,
            int[] recordedSteps,
            double[] values,
            double[] gradientNorms,
            double[] stepLengths,
            double[] secantResiduals,
            int[] evaluationCounts,
            int safeguarded) {

        /**
         * Whether the result is better than another, by the rule that each run keeps its best point by: lower, or as low up to
         * rounding and flatter.
         *
         * @param earlier the result that this run started from or beside; where it started there, its own first value is that
         *     of the same point, perhaps by another evaluator
         * @param epsilon the rounding unit of the arithmetic
         */
        public boolean improvesOn(Outcome earlier, double epsilon) {
            double least = earlier.value;
            double same =
                    values[0] - least <= FEW_DIGITS * epsilon * Math.abs(least) ? Math.max(values[0], least) : least;
            boolean flatter = value <= same + Rounding.tolerance(same, epsilon) && gradientNorm < earlier.gradientNorm;
            return value < least || flatter;
        }
    }
}
