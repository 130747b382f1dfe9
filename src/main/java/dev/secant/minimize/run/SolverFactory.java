package dev.secant.minimize.run;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointException;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.checkpoint.OptimizerCheckpoint;
import dev.secant.checkpoint.SecantCheckpoint;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.firstorder.Adam;
import dev.secant.optimizer.newton.LevenbergMarquardt;
import dev.secant.optimizer.newton.NewtonCg;
import dev.secant.optimizer.quasinewton.Bfgs;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The optimizers behind the names of solvers; learned ones come from the checkpoints of a registry. */
public final class SolverFactory {

    private static final String GENERAL = "general";

    private final @Nullable CheckpointRegistry checkpoints;
    /** By the digest of the weights. */
    private final Map<String, Optimizer> loaded = new ConcurrentHashMap<>();

    private SolverFactory(@Nullable CheckpointRegistry checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** With the learned optimizers of a registry. */
    public static SolverFactory of(CheckpointRegistry checkpoints) {
        return new SolverFactory(checkpoints);
    }

    /** Without learned optimizers. */
    public static SolverFactory classical() {
        return new SolverFactory(null);
    }

    /**
     * The full name of a checkpoint that a solver can run.
     *
     * @param reference {@code name}, {@code name@latest}, {@code name@stable} or {@code name@1.0.0}
     * @return {@code name@1.0.0}
     * @throws CheckpointException if there is none, or its preset is not an optimizer
     */
    public String resolve(String reference) {
        Checkpoint checkpoint = registry().get(reference);
        OptimizerCheckpoint.check(checkpoint.manifest());
        return checkpoint.id();
    }

    /** The full name of the checkpoint for an objective that nobody has seen, {@value #GENERAL}; null where there is none. */
    @Nullable
    public String usual() {
        return checkpoints == null
                ? null
                : checkpoints
                        .find(GENERAL)
                        .filter(checkpoint -> OptimizerCheckpoint.isOne(checkpoint.manifest()))
                        .map(Checkpoint::id)
                        .orElse(null);
    }

    /** The optimizer of a method; {@code auto}'s is the one it starts with. */
    Optimizer optimizer(MinimizationPlan.Method method) {
        return switch (method.solver()) {
            case AUTO, LSR1 -> secant(method);
            case LBFGS -> method.memory() == null ? new Lbfgs() : new Lbfgs(method.memory());
            case SR1 -> method.memory() == null ? new Sr1() : new Sr1(method.memory());
            case BFGS -> new Bfgs();
            case NEWTON_CG -> new NewtonCg();
            case ADAM -> new Adam(method.learningRate());
            case LM -> new LevenbergMarquardt();
        };
    }

    private Optimizer secant(MinimizationPlan.Method method) {
        String checkpoint = method.checkpoint();
        if (checkpoint != null) {
            return load(registry().get(checkpoint), method.memory());
        }
        return method.memory() == null ? new SecantQuasiNewton() : new SecantQuasiNewton(method.memory());
    }

    /** Weights are loaded once, whatever memory is asked for, and freed when the registry lists them no more. */
    private Optimizer load(Checkpoint checkpoint, @Nullable Integer memory) {
        loaded.keySet().retainAll(registry().digests());
        Optimizer optimizer = loaded.computeIfAbsent(
                checkpoint.manifest().weightsSha256(), digest -> OptimizerCheckpoint.optimizer(checkpoint));
        return memory == null ? optimizer : OptimizerCheckpoint.withMemory(optimizer, memory);
    }

    /** How many checkpoints' weights are loaded. */
    int loaded() {
        return loaded.size();
    }

    /** Whether a solver needs no networks on tensors: all but published L-SR1. */
    public boolean runsOnArrays(MinimizationPlan.Method method) {
        String checkpoint = method.checkpoint();
        return checkpoint == null
                || checkpoints == null
                || checkpoints
                        .find(checkpoint)
                        .map(found -> SecantCheckpoint.isOne(found.manifest()))
                        .orElse(true);
    }

    private CheckpointRegistry registry() {
        if (checkpoints == null) {
            throw new CheckpointException("There are no checkpoints here.");
        }
        return checkpoints;
    }
}
