package dev.secant.evaluation.report;

import dev.secant.evaluation.trial.CostTrial;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.optimizer.timing.StepParts;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the parts of a step cost, of one problem with a full memory.
 *
 * @param trial measures whole steps
 * @param dimension n
 * @param memory L
 * @param onPart called after each row
 */
record CostParts(CostTrial trial, int dimension, int memory, Runnable onPart) {

    /** Published L-SR1, the preset secant and the same untrained. */
    List<String> markdown(String publishedName, LearnedSr1 published, String secantName, SecantQuasiNewton secant) {
        MarkdownTable table = new MarkdownTable(
                "method", "ms a step", "networks", "products with the inverse Hessian", "bookkeeping");
        addRow(table, publishedName, published, StepParts.of(published, dimension));
        addRow(table, secantName, secant, StepParts.of(secant, dimension));
        SecantQuasiNewton untrained = new SecantQuasiNewton(memory);
        addRow(table, untrained.name(), untrained, StepParts.of(untrained, dimension));
        List<String> lines = new ArrayList<>(
                List.of("", "## Parts of a step, n = %d, L = %d, B = 1".formatted(dimension, memory), ""));
        lines.addAll(table.lines());
        return lines;
    }

    private void addRow(MarkdownTable table, String name, Optimizer optimizer, StepParts parts) {
        double whole = trial.measure(optimizer, dimension, 1, 2 * memory).seconds();
        onPart.run();
        table.row(
                name,
                milliseconds(whole),
                share(parts.networksSeconds(), whole),
                share(parts.productsSeconds(), whole),
                share(parts.bookkeepingSeconds(whole), whole));
    }

    private static String share(double seconds, double whole) {
        return String.format(Locale.ROOT, "%s ms (%.0f %%)", milliseconds(seconds), 100 * seconds / whole);
    }

    private static String milliseconds(double seconds) {
        return NumberFormats.format(1e3 * seconds);
    }
}
