package dev.secant.checkpoint;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;

/** Checkpoints of optimizers for any objective, whatever their preset. */
public final class OptimizerCheckpoint {

    private OptimizerCheckpoint() {}

    /** Whether a checkpoint is one. */
    public static boolean isOne(CheckpointManifest manifest) {
        return Sr1Checkpoint.isOne(manifest) || SecantCheckpoint.isOne(manifest);
    }

    /**
     * The optimizer of a checkpoint.
     *
     * @throws CheckpointException if its preset is another, or its settings or weights do not fit
     */
    public static Optimizer optimizer(Checkpoint checkpoint) {
        return SecantCheckpoint.isOne(checkpoint.manifest())
                ? SecantCheckpoint.optimizer(checkpoint)
                : Sr1Checkpoint.optimizer(checkpoint);
    }

    /**
     * The same weights with another memory.
     *
     * @param optimizer of a checkpoint
     * @param memory L
     */
    public static Optimizer withMemory(Optimizer optimizer, int memory) {
        return optimizer instanceof SecantQuasiNewton secant
                ? secant.withMemory(memory)
                : ((LearnedSr1) optimizer).withMemory(memory);
    }

    /**
     * Checks a preset, without reading weights.
     *
     * @throws CheckpointException if it is not an optimizer's
     */
    public static void check(CheckpointManifest manifest) {
        if (!isOne(manifest)) {
            throw new CheckpointException("The checkpoint (%s) has the preset (%s), which is not an optimizer's."
                    .formatted(manifest.id(), manifest.preset()));
        }
    }
}
