package dev.secant.evaluation.trial;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.OptimizerCheckpoint;
import dev.secant.optimizer.Optimizer;
import dev.secant.problems.MixedProblems;
import dev.secant.problems.ProblemFamily;
import java.util.Optional;

/** Turns checkpoints into optimizers for reports; a new preset is added here. */
public final class LearnedOptimizers {

    private LearnedOptimizers() {}

    /** The optimizer of a checkpoint; empty where the checkpoint is none of an optimizer for any objective. */
    public static Optional<Optimizer> of(Checkpoint checkpoint) {
        return OptimizerCheckpoint.isOne(checkpoint.manifest())
                ? Optional.of(OptimizerCheckpoint.optimizer(checkpoint))
                : Optional.empty();
    }

    /** Whether a checkpoint is for a family: it was trained on that, or on several, or its manifest does not say. */
    public static boolean isFor(Checkpoint checkpoint, ProblemFamily family) {
        return family(checkpoint).map(family.name()::equals).orElse(true);
    }

    /** The family that a checkpoint was trained on; empty where its manifest names none, or several. */
    static Optional<String> family(Checkpoint checkpoint) {
        return checkpoint.manifest().settings().get("family") instanceof String family
                        && !family.contains(",")
                        && !family.equals(MixedProblems.NAME)
                ? Optional.of(family)
                : Optional.empty();
    }
}
