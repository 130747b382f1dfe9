package dev.secant.optimizer.batch;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Termination;
import java.util.Arrays;

/** The items of a batch that still run, by row: what they have used, what is noted of their steps, and which of them have stopped. */
abstract sealed class RunningItems permits BatchRun {

    final BatchTracker tracker;
    private int[] items;
    private RowSelection all;
    private long rounds;

    /** All items of a batch. */
    RunningItems(BatchTracker tracker) {
        this.tracker = tracker;
        this.items = new int[tracker.size()];
        Arrays.setAll(items, item -> item);
        this.all = RowSelection.all(items.length);
    }

    /** Whether any item still runs. */
    public final boolean isActive() {
        return items.length > 0;
    }

    /** How many items still run: A. */
    public final int size() {
        return items.length;
    }

    /** All running rows. */
    public final RowSelection all() {
        return all;
    }

    /** The place of a running item in the batch as it was started. */
    public final int item(int row) {
        return items[row];
    }

    /** Whether the rule allows an item so many further evaluations. */
    public final boolean mayEvaluate(int row, int count) {
        return tracker.mayEvaluate(items[row], count);
    }

    /** Whether the time is up. */
    public final boolean isLate() {
        return tracker.isLate();
    }

    /** Counts evaluations that the method makes itself, all rows at once. */
    public final void charge(RowSelection rows, int count) {
        rounds++;
        for (int row : rows.indices()) {
            tracker.charge(items[row], count);
        }
    }

    /** Stops an item where it is; the next {@link BatchRun#accept} does not move it. */
    public final void stop(int row, Termination reason) {
        tracker.stop(items[row], reason);
    }

    /** Stops an item that could not step: its evaluations are used up, or it found nothing better. */
    public final void stall(int row) {
        tracker.stall(items[row]);
    }

    /** Whether an item was stopped. */
    public final boolean isStopped(int row) {
        return tracker.isStopped(items[row]);
    }

    /** Notes that the coming step of an item was shortened or replaced. */
    public final void countSafeguard(int row) {
        tracker.countSafeguard(items[row]);
    }

    /**
     * Notes the decrease that the method's model foretells of the coming step of an item, such as {@code -g'd / 2} of a quasi-Newton
     * direction d. It tells an item that ended because its value cannot fall further in the arithmetic from one that has stalled.
     */
    public final void predict(int row, double decrease) {
        tracker.predict(items[row], decrease);
    }

    /** Notes {@code ||B q - p|| / ||p||} of the coming step's pair. */
    public final void noteSecantResidual(int row, double residual) {
        tracker.noteSecantResidual(items[row], residual);
    }

    /** The running items, by row; not to be modified. */
    final int[] items() {
        return items;
    }

    /** How often some of the rows were evaluated together. */
    final long rounds() {
        return rounds;
    }

    /** Counts an evaluation of rows together, whose cost is not charged. */
    final void countRound() {
        rounds++;
    }

    /** The rows that were not stopped. */
    final RowSelection running() {
        boolean[] running = new boolean[size()];
        int count = 0;
        for (int row = 0; row < running.length; row++) {
            running[row] = !isStopped(row);
            count += running[row] ? 1 : 0;
        }
        return count == running.length ? all : RowSelection.where(running);
    }

    /** Lets all other items go. */
    final void keepItems(RowSelection kept) {
        items = kept.of(items);
        all = RowSelection.all(items.length);
    }
}
