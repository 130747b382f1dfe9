package dev.secant.training;

import dev.secant.optimizer.lsr1.Sr1Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One row of an ablation: the base with one thing changed.
 *
 * @param factor what is changed: {@code base}, {@code without}, {@code hidden}, {@code L}, {@code K}, {@code lambda}, ...
 * @param value to what
 * @param networks variant and sizes
 * @param unrolling the shape of a meta-step
 */
public record TrainingVariant(String factor, String value, Sr1Settings networks, MetaTraining.Unrolling unrolling) {

    private static final int[] WIDTHS = {16, 64};
    private static final int[] MEMORIES = {4, 64};
    private static final int[] ITERATIONS = {5, 20};
    private static final double[] SECANT_WEIGHTS = {0, 1, 100};
    private static final double[] RATE_SCALES = {0.01, 1};
    private static final double[] RATE_EXPONENTS = {0.001, 0.1};

    /**
     * What shows what the secant term is worth: as released with the published exponent of the learning rate and with one by which the
     * networks can act on the step's length, and as written with the latter; each without the term and with it.
     */
    public static List<TrainingVariant> secantTerm() {
        List<TrainingVariant> variants = new ArrayList<>();
        for (double weight : new double[] {0, 10}) {
            variants.add(secantTerm(Sr1Settings.Variant.AS_RELEASED, 0.001, weight));
            variants.add(secantTerm(Sr1Settings.Variant.AS_RELEASED, 1, weight));
            variants.add(secantTerm(Sr1Settings.Variant.AS_WRITTEN, 1, weight));
        }
        return variants;
    }

    private static TrainingVariant secantTerm(Sr1Settings.Variant variant, double rateExponent, double secantWeight) {
        return new TrainingVariant(
                variant.presetName(),
                "lambda %s a2 %s".formatted(number(secantWeight), number(rateExponent)),
                new Sr1Settings(variant, 16, 32, 16, 0.1, rateExponent),
                new MetaTraining.Unrolling(20, 16, 20, secantWeight));
    }

    /**
     * The base and its variants: each encoder input left out, other widths, memories L, unrolled iterations K, weights lambda
     * of the secant term, scales a1 and exponents a2 of the learning rate, meta-losses, and the exact meta-gradient.
     */
    public static List<TrainingVariant> grid(Sr1Settings base, MetaTraining.Unrolling unrolling) {
        List<TrainingVariant> grid = new ArrayList<>();
        for (Sr1Settings.Input input : base.inputs()) {
            grid.add(new TrainingVariant("without", input.inputName(), base.without(input), unrolling));
        }
        for (int hidden : WIDTHS) {
            grid.add(new TrainingVariant(
                    "hidden", Integer.toString(hidden), base.withWidths(hidden, Math.max(1, hidden / 2)), unrolling));
        }
        for (int memory : MEMORIES) {
            grid.add(new TrainingVariant("L", Integer.toString(memory), base.withMemory(memory), unrolling));
        }
        for (int iterations : ITERATIONS) {
            grid.add(
                    new TrainingVariant("K", Integer.toString(iterations), base, unrolling.withIterations(iterations)));
        }
        for (double weight : SECANT_WEIGHTS) {
            grid.add(new TrainingVariant("lambda", number(weight), base, unrolling.withSecantWeight(weight)));
        }
        for (double scale : RATE_SCALES) {
            grid.add(new TrainingVariant("a1", number(scale), base.withRate(scale, base.rateExponent()), unrolling));
        }
        for (double exponent : RATE_EXPONENTS) {
            grid.add(new TrainingVariant("a2", number(exponent), base.withRate(base.rateScale(), exponent), unrolling));
        }
        for (MetaLoss loss : MetaLoss.values()) {
            grid.add(new TrainingVariant("meta-loss", loss.optionName(), base, unrolling.withLoss(loss)));
        }
        grid.add(new TrainingVariant("meta-gradient", "exact", base, unrolling.withExactGradient()));
        // A value of the grid that is the base's own would be the base again.
        grid.removeIf(variant ->
                variant.networks().equals(base) && variant.unrolling().equals(unrolling));
        grid.add(0, new TrainingVariant("base", "", base, unrolling));
        return grid;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** For people: {@code lambda 100}. */
    public String label() {
        return (factor + " " + value).strip();
    }

    /** The name of its checkpoint with a seed: {@code lambda-100-seed1}. */
    String checkpointName(long seed) {
        return "%s-seed%d".formatted(label().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), seed);
    }
}
