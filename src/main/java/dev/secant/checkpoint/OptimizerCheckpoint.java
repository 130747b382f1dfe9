package dev.secant.checkpoint;

import dev.secant.optimizer.Optimizer;

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
     * The optimizer of a checkpoint with another memory than it was trained with.
     *
     * @param memory L
     * @throws CheckpointException if its preset is another, or its settings or weights do not fit
     */
    public static Optimizer optimizer(Checkpoint checkpoint, int memory) {
        return SecantCheckpoint.isOne(checkpoint.manifest())
                ? SecantCheckpoint.optimizer(checkpoint).withMemory(memory)
                : Sr1Checkpoint.optimizer(checkpoint).withMemory(memory);
    }
}
