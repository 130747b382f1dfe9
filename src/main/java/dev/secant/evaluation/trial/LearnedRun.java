package dev.secant.evaluation.trial;

import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.text.NumberFormats;
import java.util.Locale;

/**
 * One trained L-SR1 on one set of problems.
 *
 * @param manifest of its checkpoint
 * @param memory L that it was run with
 * @param curves how it got on
 */
public record LearnedRun(CheckpointManifest manifest, int memory, ConvergenceCurves curves) {

    /** Preset, width, secant weight and learning-rate exponent; trainings that differ by seed only share it. */
    public String configuration() {
        return String.format(
                Locale.ROOT,
                "%s, width %.0f, lambda = %s, a2 = %s, L = %d",
                manifest.preset(),
                manifest.number("hidden"),
                NumberFormats.format(secantWeight()),
                NumberFormats.format(manifest.number("rateExponent")),
                memory);
    }

    public String label() {
        return "L-SR1 (%s, seed %d)".formatted(configuration(), manifest.seed());
    }

    private double secantWeight() {
        return manifest.settings().get("secantWeight") instanceof Number weight ? weight.doubleValue() : Double.NaN;
    }
}
