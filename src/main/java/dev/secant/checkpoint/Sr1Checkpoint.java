package dev.secant.checkpoint;

import dev.secant.optimizer.LearnedSr1;
import dev.secant.optimizer.Sr1Settings;
import java.util.Map;

/** Checkpoints of published L-SR1: presets {@code as-released} and {@code as-written}. */
public final class Sr1Checkpoint {

    private Sr1Checkpoint() {}

    /** Whether a checkpoint is one of L-SR1. */
    public static boolean isOne(CheckpointManifest manifest) {
        for (Sr1Settings.Variant variant : Sr1Settings.Variant.values()) {
            if (variant.presetName().equals(manifest.preset())) {
                return true;
            }
        }
        return false;
    }

    /** The manifest's settings of L-SR1. */
    public static Map<String, Object> manifestSettings(Sr1Settings settings) {
        return Map.of(
                "memory", settings.memory(),
                "hidden", settings.hidden(),
                "latent", settings.latent(),
                "rateScale", settings.rateScale(),
                "rateExponent", settings.rateExponent());
    }

    /**
     * The optimizer of a checkpoint.
     *
     * @throws CheckpointException if its preset is another, or its settings or weights do not fit
     */
    public static LearnedSr1 optimizer(Checkpoint checkpoint) {
        CheckpointManifest manifest = checkpoint.manifest();
        try {
            return new LearnedSr1(settings(manifest), checkpoint.weights().tensors());
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    "The checkpoint (%s) is not usable: %s".formatted(checkpoint.id(), e.getMessage()), e);
        }
    }

    private static Sr1Settings settings(CheckpointManifest manifest) {
        for (Sr1Settings.Variant variant : Sr1Settings.Variant.values()) {
            if (variant.presetName().equals(manifest.preset())) {
                return new Sr1Settings(
                        variant,
                        (int) manifest.number("memory"),
                        (int) manifest.number("hidden"),
                        (int) manifest.number("latent"),
                        manifest.number("rateScale"),
                        manifest.number("rateExponent"));
            }
        }
        throw new CheckpointException("The checkpoint (%s) has the preset (%s), which is not one of published L-SR1."
                .formatted(manifest.id(), manifest.preset()));
    }
}
