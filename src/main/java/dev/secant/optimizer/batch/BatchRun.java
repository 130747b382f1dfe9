package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.EngineUse;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.Rounding;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.StorageChoice;
import dev.secant.optimizer.Termination;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import java.util.Arrays;
import java.util.List;
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
public final class BatchRun implements AutoCloseable {

    private final VectorSpace space;
    private final ObjectiveSelection objective;
    private final Points start;
    private final BatchTracker tracker;
    private final StoppedPoints stopped;
    private final Held x;
    private final Held gradient;
    private final Held step;
    /** Empty where the current points are the best ones. */
    private final Held best;

    private BatchEvaluation current;
    private double[] startNorms = {};
    private int[] items;
    private RowSelection all;
    private long rounds;

    @SuppressWarnings("NullAway.Init") // the start is evaluated in a step's scope
    private BatchRun(VectorSpace space, Objective objective, Points start, BatchTracker tracker) {
        this.space = space;
        this.start = start;
        this.objective = new ObjectiveSelection(objective, start.size());
        this.tracker = tracker;
        this.stopped = new StoppedPoints(space);
        this.x = space.hold();
        this.gradient = space.hold();
        this.step = space.hold();
        this.best = space.hold();
        this.items = new int[start.size()];
        Arrays.setAll(items, item -> item);
        this.all = RowSelection.all(items.length);
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
        DataType type = start.type();
        VectorSpace space = StorageChoice.of(start, execution) == Storage.ARRAYS
                ? new ArraySpace(start.dimension(), type, execution.device())
                : new TensorSpace(manager(start, execution), start.dimension(), type);
        try {
            return new BatchRun(space, objective, start, tracker);
        } catch (RuntimeException failure) {
            space.close();
            throw failure;
        }
    }

    private static NDManager manager(Points start, Execution execution) {
        return start.isTensor() && start.device().equals(execution.device())
                ? start.tensor().getManager().newSubManager()
                : TensorRuntime.get().newManager(execution.device());
    }

    private void evaluateStart() {
        rounds++;
        current = space.evaluateStart(objective, items, space.start(start));
        hold(current);
        double[] values = current.values();
        startNorms = new double[items.length];
        for (int row = 0; row < items.length; row++) {
            startNorms[row] = current.pointNorm(row);
            tracker.startAt(items[row], values[row], current.gradientNorms()[row]);
        }
        settle();
    }

    /** The arithmetic on the vectors of this run. */
    public VectorSpace space() {
        return space;
    }

    /** Whether any item still runs. */
    public boolean isActive() {
        return items.length > 0;
    }

    /** How many items still run: A. */
    public int size() {
        return items.length;
    }

    /** All running rows. */
    public RowSelection all() {
        return all;
    }

    /** The place of a running item in the batch as it was started. */
    public int item(int row) {
        return items[row];
    }

    /** The current points of the running items; its step is the last one taken. */
    public BatchEvaluation current() {
        return current;
    }

    /** The running items' objective, for methods that ask it for more than {@link #evaluate} gives. */
    public Objective objective() {
        return objective.of(items);
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
        double last = current.stepLengths()[row];
        return last > 0 ? last : startNorms[row] > 0 ? 0.1 * startNorms[row] : 1;
    }

    /** Values of a running item that differ from its current one by at most this are taken as equal to it. */
    public double tolerance(int row) {
        return Rounding.tolerance(current.values()[row], space.epsilon());
    }

    /** Repeats a step, each in a memory scope of its own, while an item runs. */
    public void repeat(Runnable oneStep) {
        while (isActive()) {
            space.inStep(oneStep);
        }
    }

    /** Whether the rule allows an item so many further evaluations. */
    public boolean mayEvaluate(int row, int count) {
        return tracker.mayEvaluate(items[row], count);
    }

    /** Whether the time is up. */
    public boolean isLate() {
        return tracker.isLate();
    }

    /**
     * Evaluates points on the way from the current points of some rows; one evaluation each.
     *
     * @param direction {@code [k, n]}
     * @param lengths how far along it, in directions; null for 1
     */
    public BatchEvaluation evaluate(RowSelection rows, Block direction, double @Nullable [] lengths) {
        charge(rows, 1);
        return space.evaluate(objective, rows.of(items), rows, current.x(), direction, lengths);
    }

    /** Hessian-vector products at the current points of some rows; counted as {@link Objective#PRODUCT_EVALUATIONS}. */
    public Block hessianVectorProduct(RowSelection rows, Block direction) {
        charge(rows, Objective.PRODUCT_EVALUATIONS);
        return space.hessianVectorProduct(objective, rows.of(items), space.gather(current.x(), rows), direction);
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

    /** Counts evaluations that the method makes itself, all rows at once. */
    public void charge(RowSelection rows, int count) {
        rounds++;
        for (int row : rows.indices()) {
            tracker.charge(items[row], count);
        }
    }

    /** Stops an item where it is; the next {@link #accept} does not move it. */
    public void stop(int row, Termination reason) {
        tracker.stop(items[row], reason);
    }

    /** Stops an item that could not step: its evaluations are used up, or it found nothing better. */
    public void stall(int row) {
        tracker.stall(items[row]);
    }

    /** Whether an item was stopped. */
    public boolean isStopped(int row) {
        return tracker.isStopped(items[row]);
    }

    /** Notes that the coming step of an item was shortened or replaced. */
    public void countSafeguard(int row) {
        tracker.countSafeguard(items[row]);
    }

    /**
     * Notes the decrease that the method's model foretells of the coming step of an item, such as {@code -g'd / 2} of a quasi-Newton
     * direction d. It tells an item that ended because its value cannot fall further in the arithmetic from one that has stalled.
     */
    public void predict(int row, double decrease) {
        tracker.predict(items[row], decrease);
    }

    /** Notes {@code ||B q - p|| / ||p||} of the coming step's pair. */
    public void noteSecantResidual(int row, double residual) {
        tracker.noteSecantResidual(items[row], residual);
    }

    /**
     * Ends a step: every running item that was not stopped moves.
     *
     * @param next one row an item, as {@link #evaluate} gave them
     * @return the rows that still run; from now on, these are the rows of {@link #current()}
     */
    public RowSelection accept(BatchEvaluation next) {
        boolean[] improved = new boolean[size()];
        boolean allImproved = true;
        for (int row = 0; row < improved.length; row++) {
            improved[row] = !isStopped(row)
                    && tracker.moveTo(
                            items[row], next.values()[row], next.gradientNorms()[row], next.stepLengths()[row]);
            allImproved &= improved[row];
        }
        if (allImproved) {
            best.close();
        } else {
            best.set(space.where(improved, next.x(), bestPoints()));
        }
        hold(next);
        return settle();
    }

    /** Ends a step in which no item could be evaluated: all must have been stopped. */
    public RowSelection endWithoutMove() {
        return settle();
    }

    /** Applies the rules and the observer to the running items, and lets the stopped ones go. */
    private RowSelection settle() {
        tracker.settle(items, current::pointNorm, this::view);
        return release();
    }

    /** Lets the stopped items go. */
    private RowSelection release() {
        boolean[] running = new boolean[size()];
        int count = 0;
        for (int row = 0; row < running.length; row++) {
            running[row] = !isStopped(row);
            count += running[row] ? 1 : 0;
        }
        if (count == running.length) {
            return all;
        }
        RowSelection kept = RowSelection.where(running);
        RowSelection gone = kept.others();
        stopped.add(gone.of(items), space.gather(bestPoints(), gone));
        items = kept.of(items);
        startNorms = kept.of(startNorms);
        all = RowSelection.all(items.length);
        if (!kept.isEmpty()) {
            best.keep(kept);
            hold(current.remaining(space, kept));
        }
        return kept;
    }

    private Points view() {
        return Points.lazily(
                tracker.size(), space.dimension(), start.type(), start.device(), () -> space.points(shown()));
    }

    /** All items by their place in the batch: the running where they are, the stopped at their best. */
    private Block shown() {
        boolean[] ended = new boolean[size()];
        boolean any = false;
        for (int row = 0; row < ended.length; row++) {
            ended[row] = isStopped(row);
            any |= ended[row];
        }
        Block running = any && !best.isEmpty() ? space.where(ended, best.get(), current.x()) : current.x();
        return stopped.inOrderWith(items, running);
    }

    private Block bestPoints() {
        return best.isEmpty() ? current.x() : best.get();
    }

    private void hold(BatchEvaluation next) {
        x.set(next.x());
        gradient.set(next.gradient());
        step.set(next.step());
        current = next;
    }

    /**
     * The result; call it once, when no item runs.
     *
     * @return its points are what the start was, rows or a tensor of the same manager
     */
    @SuppressWarnings("try")
    public Optimum finish() {
        List<Optimum.Outcome> outcomes = tracker.outcomes();
        EngineUse use = new EngineUse(rounds, space.engineCalls(), space.readBacks());
        if (!start.isTensor()) {
            Points rows = Points.of(space.rows(stopped.inOrder()), start.type());
            return new Optimum(rows, space.storage(), use, outcomes);
        }
        NDManager owner = start.tensor().getManager();
        try (MemoryScope scope = MemoryScope.open()) {
            Block inOrder = stopped.inOrder();
            NDArray points = space.storage() == Storage.TENSORS
                    ? scope.keep(space.tensor(space.copy(inOrder)))
                    : scope.keep(upload(owner, space.rows(inOrder)));
            points.attach(owner);
            return new Optimum(Points.of(points), space.storage(), use, outcomes);
        }
    }

    private NDArray upload(NDManager owner, double[][] rows) {
        return HostArrays.create(
                owner, start.type(), HostArrays.flat(rows, space.dimension()), rows.length, space.dimension());
    }

    @Override
    public void close() {
        stopped.close();
        best.close();
        x.close();
        gradient.close();
        step.close();
        space.close();
    }
}
