package dev.secant.optimizer.secant;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.policy.PolicyAssignment;
import dev.secant.optimizer.policy.SecantPolicy;
import java.util.List;

/**
 * The preset {@code secant}: a limited-memory, positive definite quasi-Newton method whose inverse Hessian starts from a learned
 * one ({@link LearnedInitialInverseHessian}) and satisfies the secant equation on the newest pair, whose line search is exact on quadratics
 * without an evaluation for it ({@link ExtrapolatedLineSearch}), and which may learn to leave local minima ({@link BasinHopping}).
 *
 * <p>Replacing f by {@code c f + d} (c positive) or x by {@code c x} changes nothing but rounding, and permuting the coordinates permutes the
 * iterates. From the origin the first does not hold: there the first step is {@code min(1, ||g||)} long. A step is taken only if the value falls; values closer than ten units of rounding
 * count as equal where the gradient shrinks by a tenth. An item without an acceptable step stops as stalled, or as converged where the
 * value cannot fall further in the arithmetic. All that is not the objective is in double precision, O(nL) a step, on arrays or on tensors.
 * docs/methods/secant.md is the whole description.
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * @param memory L, the pairs kept
 * @param policy what was learned
 */
public record SecantQuasiNewton(int memory, SecantPolicy policy) implements Optimizer {

    private static final int USUAL_MEMORY = 16;

    public SecantQuasiNewton {
        if (memory < 1) {
            throw new IllegalArgumentException("The memory (%d) must be positive.".formatted(memory));
        }
    }

    /** Untrained. */
    public SecantQuasiNewton(int memory) {
        this(memory, SecantPolicy.UNTRAINED);
    }

    /** Untrained, with a memory of 16 pairs. */
    public SecantQuasiNewton() {
        this(USUAL_MEMORY);
    }

    /** With a memory of 16 pairs. */
    public SecantQuasiNewton(SecantPolicy policy) {
        this(USUAL_MEMORY, policy);
    }

    /** The same method with another memory. */
    public SecantQuasiNewton withMemory(int pairs) {
        return new SecantQuasiNewton(pairs, policy);
    }

    @Override
    public String name() {
        return policy == SecantPolicy.UNTRAINED ? "Secant (untrained)" : "Secant";
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        PolicyAssignment policies = new PolicyAssignment(List.of(policy), Math.max(1, start.size()));
        return SecantMethod.minimize(objective, start, execution, stopRule, observer, policies, memory, true);
    }
}
