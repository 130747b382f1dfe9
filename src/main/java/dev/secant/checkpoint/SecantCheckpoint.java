package dev.secant.checkpoint;

import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import java.util.Map;

/** Checkpoints of the preset {@code secant}. */
public final class SecantCheckpoint {

    /** The preset's name. */
    public static final String PRESET = "secant";

    private SecantCheckpoint() {}

    /** Whether a checkpoint is one. */
    public static boolean isOne(CheckpointManifest manifest) {
        return PRESET.equals(manifest.preset());
    }

    /** The manifest's settings. */
    public static Map<String, Object> manifestSettings(int memory) {
        return Map.of("memory", memory);
    }

    /**
     * The optimizer of a checkpoint.
     *
     * @throws CheckpointException if its preset is another, or its settings or weights do not fit
     */
    public static SecantQuasiNewton optimizer(Checkpoint checkpoint) {
        CheckpointManifest manifest = checkpoint.manifest();
        if (!isOne(manifest)) {
            throw new CheckpointException("The checkpoint (%s) has the preset (%s), which is not (%s)."
                    .formatted(manifest.id(), manifest.preset(), PRESET));
        }
        try {
            return new SecantQuasiNewton(
                    (int) manifest.number("memory"),
                    new SecantPolicy(checkpoint.weights().tensors()));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    "The checkpoint (%s) is not usable: %s".formatted(checkpoint.id(), e.getMessage()), e);
        }
    }
}
