package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.TrialMethod;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory SR1 in a trust region.
 *
 * <p>A rejected trial is learned from as well: it measured the curvature where the model was wrong, and SR1 needs no positive
 * one. Where nothing is known, the curvature is taken for the largest among the stored pairs, so that the many steps of a
 * valley do not forget how steep its walls are.
 */
final class TrustRegionSr1Method implements TrialMethod {

    /** Of the foretold decrease, what a trial must reach to be taken. */
    private static final double ACCEPTED_RATIO = 1e-4;

    /** Above this ratio the radius grows, if the trial is at {@value #NEAR_THE_EDGE} of it or further. */
    private static final double GOOD_RATIO = 0.75;

    private static final double NEAR_THE_EDGE = 0.8;
    private static final double GROWTH = 4;

    /** Below this ratio the radius shrinks: to the parabola's minimizer, but within these shares of the trial's length. */
    private static final double POOR_RATIO = 0.1;

    private static final double LEAST_SHRINKAGE = 0.6;
    private static final double MOST_SHRINKAGE = 0.2;

    /** Where a trial is not finite. */
    private static final double SHRINKAGE_AT_NO_NUMBER = 0.1;

    /** The least cosine of a pair whose curvature counts for gamma. */
    private static final double LEAST_COSINE = 1e-8;

    private static final int MAX_TRIALS = 40;

    private final BatchRun run;
    private final PairRings rings;
    private final Sr1Pairs pairs;
    private Item[] items;

    /** The scalars of one item. */
    private static final class Item {
        double radius;
        double gamma;
        double predicted;
        int trials;

        @Nullable
        Sr1Model model;
    }

    /**
     * Without pairs.
     *
     * @param memory the pairs kept
     */
    TrustRegionSr1Method(BatchRun run, int memory) {
        this.run = run;
        this.rings = new PairRings(run.size(), memory);
        this.pairs = run.space().storage() == Storage.ARRAYS
                ? new Sr1PairsOnArrays(run, rings)
                : new Sr1PairsOnTensors(run, rings);
        this.items = new Item[run.size()];
        for (int row = 0; row < items.length; row++) {
            items[row] = new Item();
            items[row].radius = run.firstLength(row);
            items[row].gamma = run.current().gradientNorms()[row] / items[row].radius;
        }
    }

    @Override
    public void begin() {
        for (Item item : items) {
            item.trials = 0;
            item.model = null;
        }
    }

    @Override
    public Proposal propose(RowSelection rows) {
        int size = rows.size();
        double[] gradientFactors = new double[size];
        double[][] vectorFactors = new double[size][];
        for (int k = 0; k < size; k++) {
            int row = rows.indices()[k];
            Item item = items[row];
            Sr1Model model = item.model;
            if (model == null) {
                model = pairs.model(row, item.gamma);
                item.model = model;
            }
            double norm = run.current().gradientNorms()[row];
            Sr1Model.Step step = model.step(pairs.slopes(row, model), norm * norm, item.radius);
            gradientFactors[k] = step.gradientFactor();
            vectorFactors[k] = step.vectorFactors();
            item.predicted = step.decrease();
        }
        return new Proposal(pairs.displacements(rows, gradientFactors, vectorFactors), null);
    }

    @Override
    public void measure(BatchEvaluation trials) {
        pairs.measure(trials);
    }

    @Override
    public Verdict tell(int row, BatchEvaluation trials, int k) {
        Item item = items[row];
        item.trials++;
        run.predict(row, item.predicted);
        if (judge(row, trials, k)) {
            return Verdict.ACCEPT;
        }
        boolean moved = trials.stepLengths()[k] > 0;
        if (trials.isFinite(k) && moved) {
            learn(row, trials, k);
            item.model = null;
        }
        return item.trials == MAX_TRIALS || !moved ? Verdict.END : Verdict.TRY_AGAIN;
    }

    /** Whether a trial is taken; sets the radius. */
    private boolean judge(int row, BatchEvaluation trials, int k) {
        Item item = items[row];
        double length = trials.stepLengths()[k];
        if (!trials.isFinite(k)) {
            item.radius = SHRINKAGE_AT_NO_NUMBER * Math.min(item.radius, length);
            return false;
        }
        double tolerance = run.tolerance(row);
        double decrease = run.current().values()[row] - trials.values()[k];
        boolean lostInRounding = Math.abs(decrease) <= tolerance && item.predicted <= tolerance;
        double ratio = lostInRounding ? 1 : decrease / item.predicted;
        if (ratio > GOOD_RATIO && length > NEAR_THE_EDGE * item.radius) {
            item.radius *= GROWTH;
        } else if (!(ratio > POOR_RATIO)) {
            // To the minimizer of the parabola through both values and the trial's slope, as far as that can be
            // trusted.
            double slope = trials.slopes()[k];
            double factor = (slope + 2 * decrease) / (2 * (slope + decrease));
            double share = factor > MOST_SHRINKAGE ? Math.min(LEAST_SHRINKAGE, factor) : MOST_SHRINKAGE;
            item.radius = share * Math.min(item.radius, length);
        }
        return length > 0 && ratio > ACCEPTED_RATIO;
    }

    /** Stores a pair in place of the oldest. */
    private void learn(int row, BatchEvaluation trials, int k) {
        pairs.store(row, trials, k);
        rings.accept(row);
        double largest = 0;
        for (int age = 0; age < rings.count(row); age++) {
            int slot = rings.slot(row, age);
            double curvature = pairs.curvature(row, slot);
            double squared = pairs.changeSquare(row, slot);
            if (curvature > LEAST_COSINE * Math.sqrt(squared)) {
                largest = Math.max(largest, squared / curvature);
            }
        }
        items[row].gamma = largest > 0 ? largest : items[row].gamma;
    }

    @Override
    public boolean wasSafeguarded(int row) {
        return items[row].trials > 1;
    }

    @Override
    public void learn(BatchEvaluation next) {
        for (int row = 0; row < items.length; row++) {
            if (!run.isStopped(row)) {
                learn(row, next, row);
            }
        }
        pairs.endStep();
    }

    @Override
    public void keep(RowSelection rows) {
        items = rows.of(items);
        rings.keep(rows);
        pairs.keep(rows);
    }

    @Override
    public void close() {
        pairs.close();
    }
}
