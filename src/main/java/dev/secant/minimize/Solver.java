package dev.secant.minimize;

import java.util.Locale;
import java.util.Optional;

/** The solvers of a request. */
public enum Solver {
    /** Starts {@link #LSR1}, watches it, hands over to L-BFGS where that is clearly better, finishes sums of squares with LM. */
    AUTO,
    /** Learned symmetric rank one with the weights of a checkpoint. */
    LSR1,
    /** Limited-memory BFGS. */
    LBFGS,
    /** Limited-memory symmetric rank one in a trust region. */
    SR1,
    /** BFGS with a full matrix. */
    BFGS,
    /** Newton's method with truncated conjugate gradients. */
    NEWTON_CG,
    /** Adam. */
    ADAM,
    /** Levenberg and Marquardt's method for sums of squares. */
    LM;

    /** As written in requests. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Solver> of(String id) {
        for (Solver solver : values()) {
            if (solver.id().equals(id)) {
                return Optional.of(solver);
            }
        }
        return Optional.empty();
    }
}
