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

    public Optimum {
        items = List.copyOf(items);
    }

    @Override
    public void close() {
        x.close();
    }

    /**
     * What happened to one item. Histories have one entry for the start and one for each step, NaN where unknown.
     *
     * @param value the value at the result
     * @param gradientNorm the Euclidean norm of the gradient there
     * @param steps steps done
     * @param evaluations evaluations of value and gradient
     * @param termination why it stopped
     * @param convergence which rule it converged by; {@link Convergence#NONE} where it did not
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
            double[] values,
            double[] gradientNorms,
            double[] stepLengths,
            double[] secantResiduals,
            int[] evaluationCounts,
            int safeguarded) {}
}
