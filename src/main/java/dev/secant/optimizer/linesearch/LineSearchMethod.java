package dev.secant.optimizer.linesearch;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.TrialLoop;
import dev.secant.optimizer.batch.TrialMethod;
import java.util.function.Function;

/**
 * A method that chooses a direction and searches along it; each item has a {@link LineSearchStrategy} of its own.
 *
 * <p>Where a direction does not descend, or nothing acceptable lies along it, the item forgets what it learned and tries steepest descent in
 * the same step; where that fails too, it has stalled.
 */
public final class LineSearchMethod implements TrialMethod {

    private final BatchRun run;
    private final Directions directions;
    private final LineSearchStrategy.Factory factory;
    private Search[] searches = {};
    private Block direction;
    private boolean turning;

    /** The search of one item. */
    private static final class Search {
        final LineSearchStrategy strategy;
        final double slope;
        final double firstTrial;
        int told;
        boolean found;
        boolean turned;
        boolean retried;
        /** Whether a decrease along the method's own direction was foretold, by its model or by the first trial. */
        boolean modelled;
        /** What the first trial foretells of the line's minimum. */
        double foretold = Double.NaN;

        boolean safeguarded;

        Search(LineSearchStrategy strategy, double slope, double firstTrial) {
            this.strategy = strategy;
            this.slope = slope;
            this.firstTrial = firstTrial;
        }
    }

    private LineSearchMethod(BatchRun run, Directions directions, LineSearchStrategy.Factory factory) {
        this.run = run;
        this.directions = directions;
        this.factory = factory;
        this.direction = run.current().gradient();
    }

    /**
     * Minimizes a batch.
     *
     * @param factory of the items' searches
     * @param directions makes the state that chooses directions, after the start was evaluated
     */
    public static Optimum minimize(
            Objective objective,
            Points start,
            Execution execution,
            StopRule rule,
            Observer observer,
            LineSearchStrategy.Factory factory,
            Function<BatchRun, Directions> directions) {
        return TrialLoop.minimize(
                objective,
                start,
                execution,
                rule,
                observer,
                run -> new LineSearchMethod(run, directions.apply(run), factory));
    }

    @Override
    public void begin() {
        Directions.Descent descent = directions.next();
        direction = descent.direction();
        searches = new Search[run.size()];
        for (int row = 0; row < searches.length; row++) {
            double slope = descent.slopes()[row];
            if (slope < 0 && Double.isFinite(slope)) {
                double trial = descent.firstTrials()[row];
                searches[row] = search(row, slope, Double.isNaN(trial) ? steepestTrial(row) : trial);
                searches[row].modelled = !Double.isNaN(trial);
                // Of the quadratic with this slope whose minimum is at the first trial; NaN without a model.
                run.predict(row, -0.5 * slope * trial);
            } else {
                searches[row] = downhill(row);
            }
        }
    }

    private Search search(int row, double slope, double firstTrial) {
        double value = run.current().values()[row];
        return new Search(factory.begin(value, slope, firstTrial, run.tolerance(row)), slope, firstTrial);
    }

    /** Forgets what was learned; the search goes along the negative gradient. */
    private Search downhill(int row) {
        directions.forget(row);
        double norm = run.current().gradientNorms()[row];
        Search search = search(row, -norm * norm, steepestTrial(row));
        search.turned = true;
        search.safeguarded = true;
        turning = true;
        return search;
    }

    /** The first step length along the negative gradient: as far as the last step went. */
    private double steepestTrial(int row) {
        return run.firstLength(row) / run.current().gradientNorms()[row];
    }

    @Override
    public Proposal propose(RowSelection rows) {
        if (turning) {
            turn();
        }
        double[] lengths = new double[rows.size()];
        for (int k = 0; k < lengths.length; k++) {
            lengths[k] = searches[rows.indices()[k]].strategy.trial();
        }
        return new Proposal(run.space().gather(direction, rows), lengths);
    }

    private void turn() {
        boolean[] turned = new boolean[searches.length];
        for (int row = 0; row < turned.length; row++) {
            turned[row] = searches[row].turned;
        }
        Block downhill = run.space().scaled(-1, run.current().gradient());
        direction = run.space().where(turned, downhill, direction);
        turning = false;
    }

    @Override
    public void measure(BatchEvaluation trials) {
        directions.measure(trials);
    }

    @Override
    public Verdict tell(int row, BatchEvaluation trials, int k) {
        Search search = searches[row];
        LineSearchStrategy strategy = search.strategy;
        double length = strategy.trial();
        search.safeguarded |= search.told > 0 && length < search.firstTrial;
        if (search.told == 0) {
            double curvature = (trials.slopes()[k] / length - search.slope) / length;
            search.foretold = curvature > 0 ? 0.5 * search.slope * search.slope / curvature : Double.NaN;
            // Measured along the method's own direction: better than what its model said.
            if (!search.turned && !Double.isNaN(search.foretold)) {
                run.predict(row, search.foretold);
                search.modelled = true;
            }
        }
        strategy.tell(trials.isFinite(k) ? trials.values()[k] : Double.NaN, trials.slopes()[k] / length);
        // A step that the arithmetic rounds away is none.
        boolean chosen = strategy.chosen() == search.told++ && trials.stepLengths()[k] > 0;
        search.found |= chosen;
        if (!strategy.isDone()) {
            return chosen ? Verdict.PREFER : Verdict.TRY_AGAIN;
        }
        if (chosen) {
            return Verdict.ACCEPT;
        }
        if (search.found || search.retried) {
            if (!search.found && !search.modelled) {
                run.predict(row, search.foretold);
            }
            return Verdict.END;
        }
        searches[row] = downhill(row);
        searches[row].retried = true;
        searches[row].modelled = search.modelled;
        return Verdict.TRY_AGAIN;
    }

    @Override
    public boolean wasSafeguarded(int row) {
        return searches[row].safeguarded;
    }

    @Override
    public void learn(BatchEvaluation next) {
        directions.learn(next);
    }

    @Override
    public void keep(RowSelection rows) {
        directions.keep(rows);
    }

    @Override
    public void close() {
        directions.close();
    }
}
