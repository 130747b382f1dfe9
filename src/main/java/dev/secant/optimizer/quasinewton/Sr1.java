package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.TrialLoop;

/**
 * Limited-memory SR1 in a trust region (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, algorithm 6.2; Conn, Gould
 * and Toint, Math. Programming 50, 1991). The subproblem is solved exactly, so negative curvature is followed.
 *
 * <p>All that is not the objective runs in double precision. A step costs {@code O(m n + m^3)}, and {@code O(m^2 n)} on arrays where a
 * pair was learned; the eigenvalues of a matrix of at most m rows are an item's own on the JVM, on either storage.
 *
 * @param memory how many pairs are kept, m
 */
public record Sr1(int memory) implements Optimizer {

    public Sr1 {
        if (memory < 1) {
            throw new IllegalArgumentException("The memory (%d) must be positive.".formatted(memory));
        }
    }

    /** With a memory of ten pairs. */
    public Sr1() {
        this(10);
    }

    /** The same method with another memory. */
    public Sr1 withMemory(int pairs) {
        return new Sr1(pairs);
    }

    @Override
    public String name() {
        return "SR1";
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        return TrialLoop.minimize(
                objective, start, execution, stopRule, observer, run -> new TrustRegionSr1Method(run, memory));
    }
}
