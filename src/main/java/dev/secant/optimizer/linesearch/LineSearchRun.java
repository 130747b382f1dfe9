package dev.secant.optimizer.linesearch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.TensorBatchRun;
import dev.secant.tensor.MemoryScope;
import java.util.function.Function;

/**
 * The loop of the methods that choose a direction and search along it.
 *
 * <p>Where a direction does not descend, or nothing acceptable lies along it, the item forgets what it learned and tries
 * steepest descent in the same step; where that fails too, it has stalled.
 */
public final class LineSearchRun {

    /** A method's state in one batch. */
    public interface Directions extends AutoCloseable {

        /** The directions of the running items from {@code run.current()}. */
        Descent next();

        /** Learns from the way from {@code run.current()} to the next points, before these are accepted. */
        void learn(BatchEvaluation next);

        /** An item starts over: the next direction is the negative gradient. */
        void forget(int row);

        /** Only these rows still run. */
        void keep(RowSelection rows);

        @Override
        void close();
    }

    /**
     * Directions of search.
     *
     * @param direction {@code [A, n]}
     * @param slopes {@code g . d}
     * @param firstTrials the first step lengths to try; NaN leaves the choice to the loop
     */
    public record Descent(NDArray direction, double[] slopes, double[] firstTrials) {}

    private final TensorBatchRun run;
    private final Directions directions;
    private final LineSearch search;

    private LineSearchRun(TensorBatchRun run, Directions directions, LineSearch search) {
        this.run = run;
        this.directions = directions;
        this.search = search;
    }

    @SuppressWarnings("try")
    public static Optimum minimize(
            Objective objective,
            Points start,
            StopRule rule,
            Observer observer,
            LineSearch search,
            Function<TensorBatchRun, Directions> method) {
        try (TensorBatchRun run = TensorBatchRun.begin(objective, start, rule, observer);
                Directions directions = method.apply(run)) {
            LineSearchRun loop = new LineSearchRun(run, directions, search);
            while (run.isActive()) {
                try (MemoryScope scope = MemoryScope.open()) {
                    loop.step();
                }
            }
            return run.finish();
        }
    }

    private void step() {
        Descent descent = descending(directions.next());
        RowSelection all = RowSelection.all(run.size());
        LineSearch.Found found = search.search(run, all, descent.direction(), descent.slopes(), descent.firstTrials());
        for (int row = 0; row < run.size(); row++) {
            if (found.lengths()[row] < descent.firstTrials()[row] && found.found()[row]) {
                run.countSafeguard(row);
            }
        }
        RowSelection failed = all.filter(row -> !found.found()[row]);
        BatchEvaluation next = failed.isEmpty() ? found.next() : retried(found.next(), failed);
        directions.learn(next);
        directions.keep(run.accept(next));
    }

    /** Replaces directions that do not descend, and fills in the first trials. */
    private Descent descending(Descent proposed) {
        int size = run.size();
        double[] slopes = proposed.slopes().clone();
        double[] trials = proposed.firstTrials().clone();
        boolean[] usable = new boolean[size];
        double[] steepest = null;
        boolean allUsable = true;
        for (int row = 0; row < size; row++) {
            usable[row] = slopes[row] < 0 && Double.isFinite(slopes[row]);
            allUsable &= usable[row];
            if (!usable[row]) {
                directions.forget(row);
                run.countSafeguard(row);
                slopes[row] = -square(run.current().gradientNorms()[row]);
            }
            if (!usable[row] || Double.isNaN(trials[row])) {
                steepest = steepest == null ? steepestTrials() : steepest;
                trials[row] = steepest[row];
            }
        }
        NDArray direction = allUsable
                ? proposed.direction()
                : NDArrays.where(
                        run.mask(usable),
                        proposed.direction(),
                        run.current().gradient().neg());
        return new Descent(direction, slopes, trials);
    }

    /** Searches along the negative gradient for items that found nothing; those that find nothing again stall. */
    private BatchEvaluation retried(BatchEvaluation next, RowSelection failed) {
        double[] norms = failed.of(run.current().gradientNorms());
        double[] slopes = new double[failed.size()];
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = -square(norms[k]);
            directions.forget(failed.indices()[k]);
            run.countSafeguard(failed.indices()[k]);
        }
        NDArray downhill = failed.of(run.current().gradient()).neg();
        LineSearch.Found second = search.search(run, failed, downhill, slopes, failed.of(steepestTrials()));
        int[] places = new int[run.size()];
        for (int row = 0; row < places.length; row++) {
            places[row] = row;
        }
        for (int k = 0; k < failed.size(); k++) {
            int row = failed.indices()[k];
            if (second.found()[k]) {
                places[row] = places.length + k;
            } else {
                run.stall(row);
            }
        }
        return BatchEvaluation.choose(java.util.List.of(next, second.next()), places);
    }

    /** First step lengths along the negative gradient: as far as the last step went. */
    private double[] steepestTrials() {
        double[] trials = firstLengths(run);
        for (int row = 0; row < trials.length; row++) {
            trials[row] /= run.current().gradientNorms()[row];
        }
        return trials;
    }

    /**
     * How far to go where nothing is known of the curvature: as far as the last step; at the start a tenth of the way to
     * the origin. So neither the unit of the values nor that of the variables matters.
     */
    static double[] firstLengths(TensorBatchRun run) {
        BatchEvaluation current = run.current();
        double[] squares = current.x()
                .toType(DataType.FLOAT64, false)
                .square()
                .sum(new int[] {1})
                .toDoubleArray();
        double[] lengths = new double[run.size()];
        for (int row = 0; row < lengths.length; row++) {
            double last = current.stepLengths()[row];
            lengths[row] = last > 0 ? last : squares[row] > 0 ? 0.1 * Math.sqrt(squares[row]) : 1;
        }
        return lengths;
    }

    private static double square(double value) {
        return value * value;
    }
}
