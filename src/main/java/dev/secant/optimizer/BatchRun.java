package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.MemoryScope;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One batch on its way: the bookkeeping that every optimizer shares.
 *
 * <p>It knows the current point of every item that still runs, counts steps and evaluations, stops items by the rule, by
 * the observer or because their numbers are not finite, and remembers each item's best point. Stopped items leave the
 * arrays, so they cost nothing and can't disturb the others. A method looks like this:
 *
 * <pre>{@code
 * try (BatchRun run = BatchRun.begin(objective, start, rule, observer)) {
 *     while (run.isActive()) {
 *         try (MemoryScope scope = MemoryScope.open()) {
 *             Evaluation next = run.evaluate(displacement(run));  // [A, n], A items still run
 *             learn(run.current(), next);
 *             Rows kept = run.accept(next);                       // all items that moved are now at next
 *             state.keep(kept);                                   // the method's own arrays follow
 *         }
 *     }
 *     return run.finish();
 * }
 * }</pre>
 */
final class BatchRun implements AutoCloseable {

    private final Objective objective;
    private final StopRule rule;
    private final Observer observer;
    private final NDManager owner;
    private final NDManager manager;
    private final double epsilon;
    private final long began;
    private final long limitNanos;
    private final ItemRecord[] records;
    private final Results results = new Results();
    private final StateArray x = new StateArray();
    private final StateArray gradient = new StateArray();
    private final StateArray step = new StateArray();
    private final StateArray best = new StateArray();
    private Evaluation current;
    private Objective active;
    private int[] items;
    private int round;

    @SuppressWarnings("try")
    private BatchRun(Objective objective, NDArray start, StopRule rule, Observer observer) {
        this.objective = objective;
        this.rule = rule;
        this.observer = observer;
        this.owner = start.getManager();
        this.manager = owner.newSubManager();
        this.epsilon = start.getDataType() == DataType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
        this.limitNanos = TimeUnit.NANOSECONDS.convert(rule.timeLimit());
        this.began = rule.nanoClock().getAsLong();
        int size = (int) start.getShape().get(0);
        this.records = IntStream.range(0, size)
                .mapToObj(item -> new ItemRecord(epsilon))
                .toArray(ItemRecord[]::new);
        this.items = IntStream.range(0, size).toArray();
        this.active = objective;
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray copy = start.duplicate();
            copy.attach(manager);
            NDArray origin = copy.zerosLike();
            this.current = Evaluation.of(copy, origin, objective.evaluate(copy));
            for (int i = 0; i < size; i++) {
                records[i].countEvaluations(1);
                records[i].moveTo(current.values()[i], current.gradientNorms()[i], 0);
            }
            hold(current);
            settle();
        }
    }

    /**
     * Evaluates the start of every item (one evaluation each), records it as step 0 and stops the items that are done.
     *
     * @param start {@code [B, n]}
     * @throws IllegalArgumentException if the start is not a batch of the objective's dimension
     */
    static BatchRun begin(Objective objective, NDArray start, StopRule rule, Observer observer) {
        Shape shape = start.getShape();
        if (shape.dimension() != 2 || shape.get(1) != objective.dimension()) {
            throw new IllegalArgumentException("The start %s must have the shape [items, %d] of its objective."
                    .formatted(shape, objective.dimension()));
        }
        if (start.getDataType() != DataType.FLOAT64 && start.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException(
                    "The start's data type (%s) must be float32 or float64.".formatted(start.getDataType()));
        }
        return new BatchRun(objective, start, rule, observer);
    }

    /** Whether any item still runs. */
    boolean isActive() {
        return items.length > 0;
    }

    /** How many items still run: A. */
    int size() {
        return items.length;
    }

    /** The place of a running item in the batch as it was started. */
    int item(int row) {
        return items[row];
    }

    /** The steps done so far. */
    int round() {
        return round;
    }

    /** The current points of the running items; its step is the last one taken. */
    Evaluation current() {
        return current;
    }

    /** The running items' objective. */
    Objective objective() {
        return active;
    }

    /** The objective of some of the running items. */
    Objective objective(Rows rows) {
        return rows.isAll() ? active : objective.select(rows.of(items));
    }

    /** The unit of rounding of the start's data type. */
    double epsilon() {
        return epsilon;
    }

    /** The manager of this run's arrays; what it still holds is freed when the run is closed. */
    NDManager manager() {
        return manager;
    }

    /** Per-item scalars as a column that multiplies {@code [k, n]}, in the start's data type. */
    NDArray column(double[] scalars) {
        return array(scalars, scalars.length, 1);
    }

    /** Numbers of the JVM as an array in the start's data type. */
    NDArray array(double[] values, long... shape) {
        if (current.x().getDataType() == DataType.FLOAT64) {
            return manager.create(values, new Shape(shape));
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return manager.create(floats, new Shape(shape));
    }

    /** Whether the rule allows an item so many further evaluations. */
    boolean mayEvaluate(int row, int count) {
        return record(row).evaluations() <= rule.maxEvaluations() - count;
    }

    /** Whether the time is up. */
    boolean isLate() {
        return rule.nanoClock().getAsLong() - began >= limitNanos;
    }

    /** Evaluates a displacement of every running item; one evaluation each. */
    Evaluation evaluate(NDArray displacement) {
        return evaluate(Rows.all(size()), displacement);
    }

    /**
     * Evaluates displacements of some running items; one evaluation each.
     *
     * @param displacement {@code [k, n]}, from the current points of the rows
     */
    Evaluation evaluate(Rows rows, NDArray displacement) {
        charge(rows, 1);
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray from = rows.of(current.x());
            NDArray to = scope.keep(from.add(displacement));
            NDArray moved = scope.keep(to.sub(from));
            Evaluation evaluation = Evaluation.of(to, moved, objective(rows).evaluate(to));
            scope.keep(evaluation.gradient());
            return evaluation;
        }
    }

    /** Flags of the running rows as a mask {@code [A, n]}. */
    NDArray mask(boolean[] flags) {
        return manager.create(flags, new Shape(flags.length, 1))
                .broadcast(flags.length, current.x().getShape().get(1));
    }

    /** Hessian-vector products at the current points of some rows; counted as {@link Objective#PRODUCT_EVALUATIONS}. */
    NDArray hessianVectorProduct(Rows rows, NDArray direction) {
        charge(rows, Objective.PRODUCT_EVALUATIONS);
        return objective(rows).hessianVectorProduct(rows.of(current.x()), direction);
    }

    /** Stops the items that may not make so many further evaluations; returns the rows that still run. */
    Rows afford(int evaluations) {
        for (int row = 0; row < size(); row++) {
            if (!mayEvaluate(row, evaluations)) {
                stop(row, Termination.MAX_STEPS);
            }
        }
        return release();
    }

    /** Counts evaluations that the method makes itself. */
    void charge(Rows rows, int count) {
        for (int row : rows.indices()) {
            if (!mayEvaluate(row, count)) {
                throw new IllegalStateException("The item (%d) has used up its evaluations.".formatted(item(row)));
            }
            record(row).countEvaluations(count);
        }
    }

    /** Stops an item where it is; the next {@link #accept} does not move it. */
    void stop(int row, Termination reason) {
        record(row).stop(reason);
    }

    /** Stops an item that could not step: its evaluations are used up, or it found nothing better. */
    void stall(int row) {
        stop(
                row,
                isLate() ? Termination.TIME_LIMIT : mayEvaluate(row, 1) ? Termination.STALLED : Termination.MAX_STEPS);
    }

    boolean isStopped(int row) {
        return record(row).isStopped();
    }

    /** Notes that the coming step of an item was shortened or replaced. */
    void countSafeguard(int row) {
        record(row).countSafeguard();
    }

    /** Notes {@code ||B q - p|| / ||p||} of the coming step's pair. */
    void noteSecantResidual(int row, double residual) {
        record(row).secantResidual(residual);
    }

    /**
     * Ends a step: every running item that was not stopped moves. Call it in the memory scope that made the arrays of
     * {@code next}; it keeps those that are needed.
     *
     * @param next one row an item, as {@link #evaluate} gave them
     * @return the rows that still run; from now on, these are the rows of {@link #current()}
     */
    Rows accept(Evaluation next) {
        round++;
        boolean[] improved = new boolean[size()];
        for (int row = 0; row < size(); row++) {
            ItemRecord record = record(row);
            if (!record.isStopped() && !next.isFinite(row)) {
                record.stop(Termination.NON_FINITE);
            } else if (!record.isStopped()) {
                improved[row] = record.moveTo(next.values()[row], next.gradientNorms()[row], next.stepLengths()[row]);
            }
        }
        rememberBest(next, improved);
        hold(next);
        return settle();
    }

    /**
     * The result; call it once, when no item runs.
     *
     * @return its points belong to the manager of the start
     */
    Optimum finish() {
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray points = scope.keep(results.inOrder().duplicate());
            points.attach(owner);
            return new Optimum(
                    points, Arrays.stream(records).map(ItemRecord::outcome).toList());
        }
    }

    @Override
    public void close() {
        for (StateArray array : List.of(x, gradient, step, best)) {
            array.close();
        }
        results.close();
        manager.close();
    }

    private void rememberBest(Evaluation next, boolean[] improved) {
        if (Rows.where(size(), row -> improved[row]).isAll()) {
            best.close(); // the best points are the current ones
        } else {
            best.set(NDArrays.where(mask(improved), next.x(), bestPoints()));
        }
    }

    private NDArray bestPoints() {
        return best.isEmpty() ? current.x() : best.get();
    }

    private void hold(Evaluation next) {
        x.set(next.x());
        gradient.set(next.gradient());
        step.set(next.step());
        current = next;
    }

    /** Applies the rules and the observer to the running items, and lets the stopped ones go. */
    private Rows settle() {
        boolean late = isLate();
        for (int row = 0; row < size(); row++) {
            record(row).judge(rule);
        }
        if (observer != Observer.NONE) {
            showObserver();
        }
        for (int row = 0; late && row < size(); row++) {
            stop(row, Termination.TIME_LIMIT);
        }
        return release();
    }

    /** Lets the stopped items go. */
    private Rows release() {
        Rows running = Rows.where(size(), row -> !isStopped(row));
        if (!running.isAll()) {
            Rows stopped = Rows.where(size(), this::isStopped);
            results.add(stopped.of(items), stopped.of(bestPoints()));
            best.keep(running);
            hold(current.of(running));
            items = running.of(items);
            active = items.length == 0 ? objective : objective.select(items);
        }
        return running;
    }

    @SuppressWarnings("try")
    private void showObserver() {
        Rows stopped = Rows.where(size(), this::isStopped);
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray shown = current.x();
            if (!stopped.isEmpty()) {
                shown = NDArrays.where(mask(flags(stopped)), bestPoints(), shown);
            }
            observer.onStep(round, results.inOrderWith(items, shown));
        }
        for (int row = 0; row < size(); row++) {
            if (!isStopped(row) && observer.isCancelled(item(row))) {
                stop(row, Termination.CANCELLED);
            }
        }
    }

    private boolean[] flags(Rows rows) {
        boolean[] flags = new boolean[size()];
        for (int row : rows.indices()) {
            flags[row] = true;
        }
        return flags;
    }

    private ItemRecord record(int row) {
        return records[items[row]];
    }
}
