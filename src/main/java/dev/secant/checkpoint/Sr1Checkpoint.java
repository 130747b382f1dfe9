package dev.secant.checkpoint;

import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.lsr1.Sr1Settings;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checkpoints of published L-SR1: presets {@code as-released} and {@code as-written}. */
public final class Sr1Checkpoint {

    /** Left out where the encoder has all inputs, as published. */
    private static final String INPUTS = "inputs";

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
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("memory", settings.memory());
        manifest.put("hidden", settings.hidden());
        manifest.put("latent", settings.latent());
        manifest.put("rateScale", settings.rateScale());
        manifest.put("rateExponent", settings.rateExponent());
        if (settings.inputs().size() < Sr1Settings.Input.values().length) {
            manifest.put(
                    INPUTS,
                    settings.inputs().stream().map(Sr1Settings.Input::inputName).toList());
        }
        return manifest;
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
                        manifest.number("rateExponent"),
                        inputs(manifest));
            }
        }
        throw new CheckpointException("The checkpoint (%s) has the preset (%s), which is not one of published L-SR1."
                .formatted(manifest.id(), manifest.preset()));
    }

    private static Set<Sr1Settings.Input> inputs(CheckpointManifest manifest) {
        if (!(manifest.settings().get(INPUTS) instanceof List<?> names)) {
            return EnumSet.allOf(Sr1Settings.Input.class);
        }
        Set<Sr1Settings.Input> inputs = EnumSet.noneOf(Sr1Settings.Input.class);
        names.forEach(name -> inputs.add(Sr1Settings.Input.of(String.valueOf(name))));
        return inputs;
    }
}
