package dev.secant.minimize;

import dev.secant.optimizer.Adam;
import dev.secant.optimizer.Bfgs;
import dev.secant.optimizer.Lbfgs;
import dev.secant.optimizer.NewtonCg;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Sr1;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The optimizers behind the names of solvers; the learned one comes from where the checkpoints are. */
public final class Methods {

    private final LearnedOptimizers learned;

    /** With the learned optimizers of a process. */
    public Methods(LearnedOptimizers learned) {
        this.learned = learned;
    }

    /** Without a learned optimizer. */
    public static Methods classical() {
        return new Methods((checkpoint, memory) -> Optional.empty());
    }

    /** The learned optimizers that this process has. */
    @FunctionalInterface
    public interface LearnedOptimizers {
        /**
         * One of them.
         *
         * @param checkpoint {@code name@version}, or null for the best general one
         * @param memory rank-one terms kept
         * @return nothing where there is no such checkpoint
         */
        Optional<Optimizer> find(@Nullable String checkpoint, int memory);
    }

    /** The learned optimizer of a method. */
    Optional<Optimizer> learned(MinimizationPlan.Method method) {
        return learned.find(method.checkpoint(), method.memory());
    }

    /** The optimizer of a method that is one; {@code auto} and {@code lm} are not. */
    Optimizer optimizer(MinimizationPlan.Method method) {
        return switch (method.solver()) {
            case LSR1 ->
                learned(method)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "The checkpoint (%s) of the solver lsr1 is not there.".formatted(method.checkpoint())));
            case LBFGS, AUTO, LM -> new Lbfgs(method.memory());
            case SR1 -> new Sr1(method.memory());
            case BFGS -> new Bfgs();
            case NEWTON_CG -> new NewtonCg();
            case ADAM -> new Adam(method.learningRate());
        };
    }
}
