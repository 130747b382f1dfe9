package dev.secant.evaluation.report;

import dev.secant.evaluation.trial.ConvergenceCurves;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The paper's figures of a method after {@value #STEPS} iterations, as the row of a table: the mean over trainings that differ by their
 * seed, and in brackets how these differ.
 */
enum SeedStatistics {
    /** Every seed's figure in brackets. */
    EACH {
        @Override
        String brackets(double[] seeds, int decimals) {
            return Arrays.stream(seeds)
                    .mapToObj(seed -> NumberFormats.decimals(seed, decimals))
                    .collect(Collectors.joining(", "));
        }
    },
    /** The least and the largest in brackets. */
    RANGE {
        @Override
        String brackets(double[] seeds, int decimals) {
            return "%s to %s"
                    .formatted(
                            NumberFormats.decimals(Arrays.stream(seeds).min().orElse(Double.NaN), decimals),
                            NumberFormats.decimals(Arrays.stream(seeds).max().orElse(Double.NaN), decimals));
        }
    };

    static final int STEPS = 20;

    abstract String brackets(double[] seeds, int decimals);

    /**
     * A table without rows: name, seeds, mean gap, log10 gap, cosine to the Newton direction, secant residual and bad steps.
     *
     * @param name the head of the first column
     * @param meanGap the head of the mean gap
     */
    static MarkdownTable table(String name, String meanGap) {
        return new MarkdownTable(
                name,
                "seeds",
                meanGap,
                "log10 gap at %d".formatted(STEPS),
                "cosine to Newton",
                "secant residual",
                "bad steps");
    }

    /** Adds a method's row. */
    void addRow(MarkdownTable table, String name, List<ConvergenceCurves> seeds) {
        table.row(
                name,
                Integer.toString(seeds.size()),
                cell(seeds, 2, curves -> curves.meanGapUpTo(STEPS)),
                cell(seeds, 3, curves -> curves.logGap()[STEPS]),
                cell(seeds, 3, curves -> curves.meanCosineUpTo(STEPS)),
                cell(seeds, 3, curves -> curves.meanSecantResidualUpTo(STEPS)),
                cell(seeds, 3, ConvergenceCurves::badSteps));
    }

    private String cell(List<ConvergenceCurves> curves, int decimals, ToDoubleFunction<ConvergenceCurves> measure) {
        double[] seeds = curves.stream().mapToDouble(measure).toArray();
        String mean = NumberFormats.decimals(Arrays.stream(seeds).average().orElse(Double.NaN), decimals);
        return seeds.length == 1 ? mean : "%s (%s)".formatted(mean, brackets(seeds, decimals));
    }
}
