package dev.secant.optimizer.amortized;

import dev.secant.linalg.Factorization;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.linesearch.ArmijoSearch;
import dev.secant.optimizer.linesearch.LineSearchMethod;
import java.util.List;

/**
 * L-SR1 whose inverse Hessian starts from what is known of each problem beforehand, not from a multiple of the identity.
 *
 * <p>The family of Lifshitz et al., "L-SR1: Learned Symmetric-Rank-One Preconditioning" (2026): a limited memory of rank-one terms
 * that preconditions the gradient. Here the learning is amortised: a network, meta-trained by unrolling, shapes a model Hessian once a
 * problem, and the corrections on the way are the symmetric-rank-one formula's own, so that the secant equation holds. Safeguarded: a
 * step that does not lower the value enough is shortened (Armijo), then replaced by steepest descent; both are counted.
 *
 * <p>For problems small enough for a matrix: a step costs O(n^2 + L n). It runs on the storage of the inverse Hessians it is given, unless
 * another one is forced.
 *
 * @param initial the inverse Hessians that the items start from
 * @param memory L, how many corrections are kept
 */
public record AmortizedSr1(InitialInverse initial, int memory) implements Optimizer {

    /** The method's name. */
    public static final String NAME = "L-SR1 (amortised)";

    public AmortizedSr1 {
        if (memory < 1) {
            throw new IllegalArgumentException("The memory (%d) must be positive.".formatted(memory));
        }
    }

    /** From the factors of the items' model Hessians. */
    public AmortizedSr1(List<? extends Factorization> factors, int memory) {
        this(new InitialInverse.OnArrays(List.copyOf(factors)), memory);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        if (start.size() != initial.size()) {
            throw new IllegalArgumentException("The start of %d items has other items than the %d model Hessians."
                    .formatted(start.size(), initial.size()));
        }
        return LineSearchMethod.minimize(
                objective,
                start,
                execution.preferring(initial.storage()),
                stopRule,
                observer,
                ArmijoSearch::new,
                run -> new AmortizedInverseHessian(run, initial, memory));
    }
}
