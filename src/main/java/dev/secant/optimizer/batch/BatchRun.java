package dev.secant.optimizer.batch;

import dev.secant.optimizer.EngineUse;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.Rounding;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.VectorSpace;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way, on either storage: the bookkeeping that every method shares.
 *
 * <p>It knows the current point of every item that still runs, counts steps and evaluations, stops items by the rule, by the observer or
 * because their numbers are not finite, and remembers each item's best point. Stopped items leave the blocks, so they cost nothing and
 * can't disturb the others. A method looks like this ({@link TrialLoop} and {@link StepLoop} are two of them):
 *
 * <pre>{@code
 * try (BatchRun run = BatchRun.begin(objective, start, execution, rule, observer)) {
 *     run.repeat(() -> {
 *         BatchEvaluation next = run.evaluate(run.all(), displacement(run), null); // [A, n], A items still run
 *         learn(run.current(), next);
 *         RowSelection kept = run.accept(next);                                    // all that moved are now at next
 *         state.keep(kept);                                                        // the method's own blocks follow
 *     });
 *     return run.finish();
 * }
 * }</pre>
 */
public final class BatchRun extends RunningItems implements AutoCloseable {

    private final VectorSpace space;
    private final ObjectiveSelection objective;
    private final Evaluator evaluator;
    private final Points start;
    private final BatchPoints points;
    private double[] startNorms = {};

    private BatchRun(VectorSpace space, Objective objective, Points start, BatchTracker tracker) {
        super(tracker);
        this.space = space;
        this.start = start;
        this.objective = new ObjectiveSelection(objective, start.size());
        this.evaluator = Evaluator.of(space, this.objective);
        this.points = new BatchPoints(space, start);
        space.inStep(this::evaluateStart);
    }

    /**
     * Evaluates the start of every item (one evaluation each), records it as step 0 and stops the items that are done.
     *
     * @param start {@code [B, n]}
     * @throws IllegalArgumentException if the start is not a batch of the objective's dimension
     */
    public static BatchRun begin(
            Objective objective, Points start, Execution execution, StopRule rule, Observer observer) {
        BatchTracker tracker = BatchTracker.open(objective, start, rule, observer);
        VectorSpace space = VectorSpace.of(start, execution);
        try {
            return new BatchRun(space, objective, start, tracker);
        } catch (RuntimeException failure) {
            space.close();
            throw failure;
        }
    }

    private void evaluateStart() {
        countRound();
        BatchEvaluation at = evaluator.evaluateStart(items(), start);
        points.startAt(at);
        double[] values = at.values();
        startNorms = new double[size()];
        for (int row = 0; row < startNorms.length; row++) {
            startNorms[row] = at.pointNorm(row);
            tracker.startAt(item(row), values[row], at.gradientNorms()[row]);
        }
        settle();
    }

    /** The arithmetic on the vectors of this run. */
    public VectorSpace space() {
        return space;
    }

    /** The current points of the running items; its step is the last one taken. */
    public BatchEvaluation current() {
        return points.current();
    }

    /** The running items' objective, for methods that ask it for more than {@link #evaluate} gives. */
    public Objective objective() {
        return objective.of(items());
    }

    /** The norm of the point that a running item started at. */
    public double startNorm(int row) {
        return startNorms[row];
    }

    /**
     * How far to go where nothing is known of the curvature: as far as the last step; at the start a tenth of the way to the origin, or 1
     * from the origin. So neither the unit of the values nor that of the variables matters.
     */
    public double firstLength(int row) {
        double last = current().stepLengths()[row];
        return last > 0 ? last : startNorms[row] > 0 ? 0.1 * startNorms[row] : 1;
    }

    /** Values of a running item that differ from its current one by at most this are taken as equal to it. */
    public double tolerance(int row) {
        return Rounding.tolerance(current().values()[row], space.epsilon());
    }

    /** Repeats a step, each in a memory scope of its own, while an item runs. */
    public void repeat(Runnable oneStep) {
        while (isActive()) {
            space.inStep(oneStep);
        }
    }

    /**
     * Evaluates points on the way from the current points of some rows; one evaluation each.
     *
     * @param direction {@code [k, n]}
     * @param lengths how far along it, in directions; null for 1
     */
    public BatchEvaluation evaluate(RowSelection rows, Block direction, double @Nullable [] lengths) {
        charge(rows, 1);
        return evaluator.evaluate(rows.of(items()), rows, current().x(), direction, lengths);
    }

    /** Hessian-vector products at the current points of some rows; counted as {@link Objective#PRODUCT_EVALUATIONS}. */
    public Block hessianVectorProduct(RowSelection rows, Block direction) {
        charge(rows, Objective.PRODUCT_EVALUATIONS);
        return evaluator.hessianVectorProduct(
                rows.of(items()), space.gather(current().x(), rows), direction);
    }

    /** Stops the items that may not make so many further evaluations; returns the rows that still run. */
    public RowSelection afford(int evaluations) {
        for (int row = 0; row < size(); row++) {
            if (!mayEvaluate(row, evaluations)) {
                stop(row, Termination.MAX_STEPS);
            }
        }
        return release();
    }

    /**
     * Ends a step: every running item that was not stopped moves.
     *
     * @param next one row an item, as {@link #evaluate} gave them
     * @return the rows that still run; from now on, these are the rows of {@link #current()}
     */
    public RowSelection accept(BatchEvaluation next) {
        boolean[] improved = new boolean[size()];
        for (int row = 0; row < improved.length; row++) {
            improved[row] = !isStopped(row)
                    && tracker.moveTo(
                            item(row), next.values()[row], next.gradientNorms()[row], next.stepLengths()[row]);
        }
        points.moveTo(next, improved);
        return settle();
    }

    /** Ends a step in which no item could be evaluated: all must have been stopped. */
    public RowSelection endWithoutMove() {
        return settle();
    }

    /** Applies the rules and the observer to the running items, and lets the stopped ones go. */
    private RowSelection settle() {
        tracker.settle(items(), current()::pointNorm, () -> points.view(items(), this::isStopped));
        return release();
    }

    /** Lets the stopped items go. */
    private RowSelection release() {
        RowSelection kept = running();
        if (!kept.isAll()) {
            points.keep(items(), kept);
            startNorms = kept.of(startNorms);
            keepItems(kept);
        }
        return kept;
    }

    /**
     * The result; call it once, when no item runs.
     *
     * @return its points are what the start was, rows or a tensor of the same manager
     */
    public Optimum finish() {
        // Without the transfer of the result.
        EngineUse use = new EngineUse(rounds(), space.engineCalls(), space.readBacks());
        return new Optimum(points.optimum(), space.storage(), use, tracker.outcomes());
    }

    @Override
    public void close() {
        objective.close();
        points.close();
        space.close();
    }
}
