package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The result of one batch.
 *
 * @param x the best points found, {@code [B, n]}, made by the manager of the start; the caller closes it
 * @param items one outcome an item
 */
public record Optimum(NDArray x, List<Outcome> items) implements AutoCloseable {

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
            int[] recordedSteps,
            double[] values,
            double[] gradientNorms,
            double[] stepLengths,
            double[] secantResiduals,
            int[] evaluationCounts,
            int safeguarded) {}
}
