package dev.secant.evaluation.trial;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Tunes a learning rate on a batch of problems: all rates of a logarithmic grid are tried and recorded. While the best one is at
 * an end of the grid, the grid grows there, so that no method is judged by a grid that misses its rate.
 *
 * <p>A rate's score is the mean over the items of {@code (f - f_low) / (f_0 - f_low)}: f its lowest value, {@code f_0} the start's,
 * {@code f_low} the lowest that any rate reached; 0 is best and 1 is no better than the start. An item that diverged, or whose
 * numbers are not finite, counts as 1 however low it was before.
 */
public final class LearningRateSearch {

    private final DoubleFunction<Optimizer> method;
    private final StopRule rule;
    private final int extensions;

    /**
     * A rate that was tried.
     *
     * @param rate the learning rate
     * @param score 0 to 1, the lower the better
     * @param failed items that diverged or became not finite
     * @param evaluations of all items together
     */
    public record Tried(double rate, double score, int failed, int evaluations) {}

    /**
     * What came of it.
     *
     * @param method the method's name
     * @param best the rate with the lowest score, the lower rate where two are equal
     * @param tried all rates, the lowest first
     * @param bracketed whether the best lies between others; if not, the grid could not grow any further
     */
    public record Report(String method, Tried best, List<Tried> tried, boolean bracketed) {
        public Report {
            tried = List.copyOf(tried);
        }
    }

    /**
     * A search.
     *
     * @param method makes the method with a rate
     * @param rule what each rate may spend
     * @param extensions by how many rates the grid may grow at either end
     */
    public LearningRateSearch(DoubleFunction<Optimizer> method, StopRule rule, int extensions) {
        if (extensions < 0) {
            throw new IllegalArgumentException(
                    "The extensions (%d) of the grid must not be negative.".formatted(extensions));
        }
        this.method = method;
        this.rule = rule;
        this.extensions = extensions;
    }

    /**
     * Tries the rates {@code least * 10^(k / perDecade)} up to the greatest.
     *
     * @param objective B functions
     * @param starts {@code [B, n]}
     * @throws IllegalArgumentException if the grid is empty
     */
    public Report search(Objective objective, NDArray starts, double least, double greatest, int perDecade) {
        if (!(least > 0) || !(greatest >= least) || Double.isInfinite(greatest) || perDecade < 1) {
            throw new IllegalArgumentException(
                    "The learning rates from %s to %s, %d in a decade, make no grid.%nMaybe use 1e-4 to 1, 3 in a decade."
                            .formatted(least, greatest, perDecade));
        }
        List<Run> grid = new ArrayList<>();
        int last = (int) Math.floor(perDecade * Math.log10(greatest / least) + 1e-9);
        for (int k = 0; k <= last; k++) {
            grid.add(run(objective, starts, rate(least, k, perDecade)));
        }
        int best = best(grid);
        for (int grown = 0; grown < extensions && isEnd(best, grid); grown++) {
            if (best == 0) {
                grid.add(0, run(objective, starts, grid.get(0).rate / Math.pow(10, 1.0 / perDecade)));
            } else {
                grid.add(run(objective, starts, grid.get(best).rate * Math.pow(10, 1.0 / perDecade)));
            }
            best = best(grid);
        }
        double[] lowest = lowest(grid);
        List<Tried> tried = grid.stream().map(run -> tried(run, lowest)).toList();
        return new Report(method.apply(least).name(), tried.get(best), tried, !isEnd(best, grid));
    }

    /** A rate's outcomes. */
    private record Run(double rate, List<Optimum.Outcome> items) {}

    private static boolean isEnd(int place, List<Run> grid) {
        return place == 0 || place == grid.size() - 1;
    }

    private static double rate(double least, int k, int perDecade) {
        return least * Math.pow(10, (double) k / perDecade);
    }

    @SuppressWarnings("try")
    private Run run(Objective objective, NDArray starts, double rate) {
        try (MemoryScope scope = MemoryScope.open();
                Optimum optimum = method.apply(rate).minimize(objective, starts, rule)) {
            return new Run(rate, optimum.items());
        }
    }

    private static int best(List<Run> grid) {
        double[] lowest = lowest(grid);
        int best = 0;
        for (int place = 1; place < grid.size(); place++) {
            best = tried(grid.get(place), lowest).score < tried(grid.get(best), lowest).score ? place : best;
        }
        return best;
    }

    private static Tried tried(Run run, double[] lowest) {
        List<Optimum.Outcome> items = run.items;
        double sum = 0;
        int failed = 0;
        int evaluations = 0;
        for (int item = 0; item < items.size(); item++) {
            Optimum.Outcome outcome = items.get(item);
            boolean lost = isLost(outcome);
            double range = outcome.values()[0] - lowest[item];
            sum += lost ? 1 : range > 0 ? (outcome.value() - lowest[item]) / range : 0;
            failed += lost ? 1 : 0;
            evaluations += outcome.evaluations();
        }
        return new Tried(run.rate, sum / items.size(), failed, evaluations);
    }

    /** For each item the lowest value of all rates that did not lose it. */
    private static double[] lowest(List<Run> grid) {
        double[] lowest = grid.get(0).items.stream()
                .mapToDouble(outcome -> outcome.values()[0])
                .toArray();
        for (Run run : grid) {
            for (int item = 0; item < lowest.length; item++) {
                Optimum.Outcome outcome = run.items.get(item);
                lowest[item] = isLost(outcome) ? lowest[item] : Math.min(lowest[item], outcome.value());
            }
        }
        return lowest;
    }

    private static boolean isLost(Optimum.Outcome outcome) {
        return outcome.termination() == Termination.DIVERGED || outcome.termination() == Termination.NON_FINITE;
    }
}
