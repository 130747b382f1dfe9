package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.tensor.MemoryScope;
import java.util.stream.IntStream;

/**
 * One batch on its way: the bookkeeping that every optimizer shares.
 *
 * <p>It knows the current point of every item that still runs, counts steps and evaluations, stops items by the rule, by
 * the observer or because their numbers are not finite, and remembers each item's best point. Stopped items leave the
 * arrays, so they cost nothing and can't disturb the others. A method looks like this:
 *
 * <pre>{@code
 * try (TensorBatchRun run = TensorBatchRun.begin(objective, start, rule, observer)) {
 *     while (run.isActive()) {
 *         try (MemoryScope scope = MemoryScope.open()) {
 *             BatchEvaluation next = run.evaluate(displacement(run));  // [A, n], A items still run
 *             learn(run.current(), next);
 *             RowSelection kept = run.accept(next);                       // all items that moved are now at next
 *             state.keep(kept);                                   // the method's own arrays follow
 *         }
 *     }
 *     return run.finish();
 * }
 * }</pre>
 */
public final class TensorBatchRun implements AutoCloseable {

    private final Objective objective;
    private final BatchTracker tracker;
    private final NDManager owner;
    private final NDManager manager;
    private final BatchState state;
    private Objective active;
    private int[] items;
    private int round;

    @SuppressWarnings("try")
    private TensorBatchRun(Objective objective, NDArray start, BatchTracker tracker) {
        this.objective = objective;
        this.tracker = tracker;
        this.owner = start.getManager();
        this.manager = owner.newSubManager();
        this.items = IntStream.range(0, tracker.size()).toArray();
        this.active = objective;
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray copy = start.duplicate();
            copy.attach(manager);
            BatchEvaluation begin = BatchEvaluation.of(copy, copy.zerosLike(), objective.evaluate(copy));
            this.state = new BatchState(manager, begin);
            for (int item : items) {
                tracker.startAt(item, begin.values()[item], begin.gradientNorms()[item]);
            }
            settle();
        }
    }

    /**
     * Evaluates the start of every item (one evaluation each), records it as step 0 and stops the items that are done.
     *
     * @param start {@code [B, n]}
     * @throws IllegalArgumentException if the start is not a batch of the objective's dimension
     */
    public static TensorBatchRun begin(Objective objective, NDArray start, StopRule rule, Observer observer) {
        return new TensorBatchRun(objective, start, BatchTracker.open(objective, start, rule, observer));
    }

    /** Whether any item still runs. */
    public boolean isActive() {
        return items.length > 0;
    }

    /** How many items still run: A. */
    public int size() {
        return items.length;
    }

    /** The place of a running item in the batch as it was started. */
    int item(int row) {
        return items[row];
    }

    /** The current points of the running items; its step is the last one taken. */
    public BatchEvaluation current() {
        return state.current();
    }

    /** The running items' objective. */
    public Objective objective() {
        return active;
    }

    /** The objective of some of the running items. */
    Objective objective(RowSelection rows) {
        return rows.isAll() ? active : objective.select(rows.of(items));
    }

    /** The unit of rounding of the start's data type. */
    public double epsilon() {
        return tracker.epsilon();
    }

    /** The manager of this run's arrays; what it still holds is freed when the run is closed. */
    public NDManager manager() {
        return manager;
    }

    /** Per-item scalars as a column that multiplies {@code [k, n]}, in the start's data type. */
    public NDArray column(double[] scalars) {
        return array(scalars, scalars.length, 1);
    }

    /** Numbers of the JVM as an array in the start's data type. */
    public NDArray array(double[] values, long... shape) {
        return HostArrays.create(manager, current().x().getDataType(), values, shape);
    }

    /** Whether the rule allows an item so many further evaluations. */
    public boolean mayEvaluate(int row, int count) {
        return tracker.mayEvaluate(items[row], count);
    }

    /** Whether the time is up. */
    public boolean isLate() {
        return tracker.isLate();
    }

    /** Evaluates a displacement of every running item; one evaluation each. */
    BatchEvaluation evaluate(NDArray displacement) {
        return evaluate(RowSelection.all(size()), displacement);
    }

    /**
     * Evaluates displacements of some running items; one evaluation each.
     *
     * @param displacement {@code [k, n]}, from the current points of the rows
     */
    public BatchEvaluation evaluate(RowSelection rows, NDArray displacement) {
        charge(rows, 1);
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray from = rows.of(current().x());
            NDArray to = scope.keep(from.add(displacement));
            NDArray moved = scope.keep(to.sub(from));
            BatchEvaluation evaluation =
                    BatchEvaluation.of(to, moved, objective(rows).evaluate(to));
            scope.keep(evaluation.gradient());
            return evaluation;
        }
    }

    /** Flags of the running rows as a mask {@code [A, n]}. */
    public NDArray mask(boolean[] flags) {
        return state.mask(flags);
    }

    /** Hessian-vector products at the current points of some rows; counted as {@link Objective#PRODUCT_EVALUATIONS}. */
    public NDArray hessianVectorProduct(RowSelection rows, NDArray direction) {
        charge(rows, Objective.PRODUCT_EVALUATIONS);
        return objective(rows).hessianVectorProduct(rows.of(current().x()), direction);
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

    /** Counts evaluations that the method makes itself. */
    public void charge(RowSelection rows, int count) {
        for (int row : rows.indices()) {
            tracker.charge(items[row], count);
        }
    }

    /** Stops an item where it is; the next {@link #accept} does not move it. */
    void stop(int row, Termination reason) {
        tracker.stop(items[row], reason);
    }

    /** Stops an item that could not step: its evaluations are used up, or it found nothing better. */
    public void stall(int row) {
        tracker.stall(items[row]);
    }

    boolean isStopped(int row) {
        return tracker.isStopped(items[row]);
    }

    /** Notes that the coming step of an item was shortened or replaced. */
    public void countSafeguard(int row) {
        tracker.countSafeguard(items[row]);
    }

    /** Notes {@code ||B q - p|| / ||p||} of the coming step's pair. */
    public void noteSecantResidual(int row, double residual) {
        tracker.noteSecantResidual(items[row], residual);
    }

    /**
     * Ends a step: every running item that was not stopped moves. Call it in the memory scope that made the arrays of
     * {@code next}; it keeps those that are needed.
     *
     * @param next one row an item, as {@link #evaluate} gave them
     * @return the rows that still run; from now on, these are the rows of {@link #current()}
     */
    public RowSelection accept(BatchEvaluation next) {
        round++;
        boolean[] improved = new boolean[size()];
        for (int row = 0; row < size(); row++) {
            improved[row] = !isStopped(row)
                    && tracker.moveTo(
                            items[row], next.values()[row], next.gradientNorms()[row], next.stepLengths()[row]);
        }
        state.moveTo(next, improved);
        return settle();
    }

    /**
     * The result; call it once, when no item runs.
     *
     * @return its points belong to the manager of the start
     */
    public Optimum finish() {
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray points = scope.keep(state.results().duplicate());
            points.attach(owner);
            return new Optimum(points, tracker.outcomes());
        }
    }

    @Override
    public void close() {
        state.close();
        manager.close();
    }

    /** Applies the rules and the observer to the running items, and lets the stopped ones go. */
    private RowSelection settle() {
        tracker.settle(items, this::show);
        return release();
    }

    /** Lets the stopped items go. */
    private RowSelection release() {
        RowSelection running = RowSelection.where(size(), row -> !isStopped(row));
        if (!running.isAll()) {
            state.release(items, running);
            items = running.of(items);
            active = items.length == 0 ? objective : objective.select(items);
        }
        return running;
    }

    @SuppressWarnings("try")
    private void show(Observer observer) {
        try (MemoryScope scope = MemoryScope.open()) {
            observer.onStep(round, state.shown(items, RowSelection.where(size(), this::isStopped)));
        }
    }
}
