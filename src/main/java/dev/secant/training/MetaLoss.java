package dev.secant.training;

import dev.secant.evaluation.trial.ConvergenceCurves;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a meta-training makes small at every iterate of every problem. */
public enum MetaLoss {
    /** The value itself, as published (arXiv 2508.12270, equation 12): large values rule. */
    VALUE("mean_gap_20_steps", curves -> curves.meanGapUpTo(MetaTraining.VALIDATION_STEPS)) {
        @Override
        double of(double value, double minimum, double startGap) {
            return value;
        }

        @Override
        double slope(double gap, double startGap) {
            return 1;
        }
    },
    /** The gap relative to the start's: every problem weighs the same, early iterates rule. */
    RELATIVE("log_gap", curves -> curves.logGap()[MetaTraining.VALIDATION_STEPS]) {
        @Override
        double of(double value, double minimum, double startGap) {
            return (value - minimum) / startGap;
        }

        @Override
        double slope(double gap, double startGap) {
            return 1 / startGap;
        }
    },
    /** Its natural logarithm: late precision counts like early progress. */
    LOGARITHM("log_gap", curves -> curves.logGap()[MetaTraining.VALIDATION_STEPS]) {
        @Override
        double of(double value, double minimum, double startGap) {
            return Math.log(floored(value - minimum, startGap) / startGap);
        }

        @Override
        double slope(double gap, double startGap) {
            return 1 / floored(gap, startGap);
        }
    };

    /** Smaller relative gaps are rounding in float32. */
    private static final double LEAST_RELATIVE_GAP = 1e-7;

    private final String validationColumn;
    private final ToDoubleFunction<ConvergenceCurves> validation;

    MetaLoss(String validationColumn, ToDoubleFunction<ConvergenceCurves> validation) {
        this.validationColumn = validationColumn;
        this.validation = validation;
    }

    /** The loss of an iterate. */
    abstract double of(double value, double minimum, double startGap);

    /** Its derivative with respect to the value. */
    abstract double slope(double gap, double startGap);

    private static double floored(double gap, double startGap) {
        return Math.max(gap, LEAST_RELATIVE_GAP * startGap);
    }

    /** The column of the validation that decides which weights are kept. */
    String validationColumn() {
        return validationColumn;
    }

    /** What decides which weights are kept; less is better. */
    double validation(ConvergenceCurves curves) {
        return validation.applyAsDouble(curves);
    }

    /** On the command line: {@code logarithm}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The loss of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static MetaLoss of(String optionName) {
        return Arrays.stream(values())
                .filter(loss -> loss.optionName().equals(optionName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The meta-loss (%s) must be one of %s."
                        .formatted(
                                optionName,
                                Arrays.stream(values())
                                        .map(MetaLoss::optionName)
                                        .collect(Collectors.joining(", ")))));
    }
}
