package dev.secant.optimizer.linesearch;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.TensorBatchRun;
import java.util.ArrayList;
import java.util.List;

/** Line searches of a batch: each item has its own step length, and all that still search share each evaluation. */
public final class LineSearch {

    /** Values closer than this many units of rounding of {@code |f|} are taken as equal. */
    private static final double ROUNDING_UNITS = 10;

    private final LineSearchStrategy.Factory factory;

    private LineSearch(LineSearchStrategy.Factory factory) {
        this.factory = factory;
    }

    /** Strong Wolfe with the curvature constant c2. */
    public static LineSearch strongWolfe(double curvature) {
        return new LineSearch(
                (value, slope, trial, tolerance) -> new WolfeSearch(value, slope, trial, tolerance, curvature));
    }

    /**
     * What was found.
     *
     * @param next one row for each searched row; a row without an acceptable trial stays at its current point
     * @param found whether the row has an acceptable trial
     * @param lengths the step lengths taken, as factors of the direction; 0 where none
     * @param trials how many trials each row made
     */
    record Found(BatchEvaluation next, boolean[] found, double[] lengths, int[] trials) {}

    /** One row's search and where its trials lie among all that were evaluated. */
    private static final class Searcher {
        final LineSearchStrategy search;
        final List<Integer> places = new ArrayList<>(4);
        final List<Double> lengths = new ArrayList<>(4);
        final List<Boolean> moved = new ArrayList<>(4);

        Searcher(LineSearchStrategy search) {
            this.search = search;
        }
    }

    /**
     * Searches along directions from the current points.
     *
     * @param rows the rows that search
     * @param direction {@code [k, n]}, descent directions
     * @param slopes {@code g . d} of each row, negative
     * @param firstTrials the first step lengths to try
     */
    Found search(TensorBatchRun run, RowSelection rows, NDArray direction, double[] slopes, double[] firstTrials) {
        double[] values = rows.of(run.current().values());
        Searcher[] searchers = new Searcher[rows.size()];
        for (int k = 0; k < searchers.length; k++) {
            double tolerance = ROUNDING_UNITS * run.epsilon() * Math.abs(values[k]);
            searchers[k] = new Searcher(factory.begin(values[k], slopes[k], firstTrials[k], tolerance));
        }
        List<BatchEvaluation> parts = new ArrayList<>();
        int evaluated = 0;
        RowSelection positions = searching(run, rows, searchers);
        while (!positions.isEmpty()) {
            double[] trials = new double[positions.size()];
            for (int k = 0; k < trials.length; k++) {
                trials[k] = searchers[positions.indices()[k]].search.trial();
            }
            NDArray displacement = positions.of(direction).mul(run.column(trials));
            BatchEvaluation part =
                    run.evaluate(new RowSelection(positions.of(rows.indices()), rows.total()), displacement);
            parts.add(part);
            for (int k = 0; k < trials.length; k++) {
                Searcher searcher = searchers[positions.indices()[k]];
                searcher.places.add(evaluated + k);
                searcher.lengths.add(trials[k]);
                searcher.moved.add(part.stepLengths()[k] > 0);
                boolean finite = part.isFinite(k);
                searcher.search.tell(finite ? part.values()[k] : Double.NaN, part.slopes()[k] / trials[k]);
            }
            evaluated += trials.length;
            positions = searching(run, rows, searchers);
        }
        return found(run, rows, searchers, parts, evaluated);
    }

    private static RowSelection searching(TensorBatchRun run, RowSelection rows, Searcher[] searchers) {
        boolean late = run.isLate();
        return RowSelection.where(
                searchers.length, k -> !searchers[k].search.isDone() && !late && run.mayEvaluate(rows.indices()[k], 1));
    }

    private static Found found(
            TensorBatchRun run, RowSelection rows, Searcher[] searchers, List<BatchEvaluation> parts, int evaluated) {
        boolean[] found = new boolean[searchers.length];
        double[] lengths = new double[searchers.length];
        int[] trials = new int[searchers.length];
        int[] places = new int[searchers.length];
        boolean all = true;
        for (int k = 0; k < searchers.length; k++) {
            int chosen = searchers[k].search.chosen();
            // A step that the arithmetic rounds away is none.
            found[k] = chosen >= 0 && searchers[k].moved.get(chosen);
            all &= found[k];
            trials[k] = searchers[k].places.size();
            lengths[k] = found[k] ? searchers[k].lengths.get(chosen) : 0;
            // The current points follow the trials.
            places[k] = found[k] ? searchers[k].places.get(chosen) : evaluated + k;
        }
        List<BatchEvaluation> sources = new ArrayList<>(parts);
        if (!all) {
            sources.add(run.current().of(rows));
        }
        return new Found(BatchEvaluation.choose(sources, places), found, lengths, trials);
    }
}
