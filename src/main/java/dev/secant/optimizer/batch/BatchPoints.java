package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.Held;
import dev.secant.optimizer.vectors.VectorSpace;
import dev.secant.tensor.MemoryScope;
import java.util.function.IntPredicate;

/** Where the items of a batch are: the running ones' current and best points, and the points of those that have stopped. */
final class BatchPoints implements AutoCloseable {

    private final VectorSpace space;
    private final Points start;
    private final StoppedPoints stopped;
    private final Held x;
    private final Held gradient;
    private final Held step;
    /** Empty where the current points are the best ones. */
    private final Held best;

    private BatchEvaluation current;

    /** No points yet; {@link #startAt} comes first. */
    @SuppressWarnings("NullAway.Init") // the start is evaluated in a step's scope
    BatchPoints(VectorSpace space, Points start) {
        this.space = space;
        this.start = start;
        this.stopped = new StoppedPoints(space);
        this.x = space.hold();
        this.gradient = space.hold();
        this.step = space.hold();
        this.best = space.hold();
    }

    void startAt(BatchEvaluation evaluatedStart) {
        hold(evaluatedStart);
    }

    BatchEvaluation current() {
        return current;
    }

    /**
     * Moves all running items.
     *
     * @param improved which of them are now at their best point
     */
    void moveTo(BatchEvaluation next, boolean[] improved) {
        boolean allImproved = true;
        for (boolean one : improved) {
            allImproved &= one;
        }
        if (allImproved) {
            best.close();
        } else {
            best.set(space.where(improved, next.x(), bestPoints()));
        }
        hold(next);
    }

    /**
     * Lets some items go, which end at their best points.
     *
     * @param items of all rows
     * @param kept the rows of those that stay
     */
    void keep(int[] items, RowSelection kept) {
        RowSelection gone = kept.others();
        stopped.add(gone.of(items), space.gather(bestPoints(), gone));
        if (!kept.isEmpty()) {
            best.keep(kept);
            hold(current.remaining(space, kept));
        }
    }

    /**
     * All items by their place in the batch, computed when they are looked at.
     *
     * @param items of all rows
     * @param isStopped whether a row's item has stopped, and is shown at its best
     */
    Points view(int[] items, IntPredicate isStopped) {
        return Points.lazily(
                start.size(),
                space.dimension(),
                start.type(),
                start.device(),
                () -> space.points(shown(items, isStopped)));
    }

    private Block shown(int[] items, IntPredicate isStopped) {
        boolean[] ended = new boolean[items.length];
        boolean any = false;
        for (int row = 0; row < ended.length; row++) {
            ended[row] = isStopped.test(row);
            any |= ended[row];
        }
        Block running = any && !best.isEmpty() ? space.where(ended, best.get(), current.x()) : current.x();
        return stopped.inOrderWith(items, running);
    }

    /** The result, when all items have stopped: what the start was, rows or a tensor of the same manager. */
    @SuppressWarnings("try")
    Points optimum() {
        if (!start.isTensor()) {
            return Points.of(space.rows(stopped.inOrder()), start.type());
        }
        NDManager owner = start.tensor().getManager();
        try (MemoryScope scope = MemoryScope.open()) {
            Block inOrder = stopped.inOrder();
            NDArray points = space.storage() == Storage.TENSORS
                    ? scope.keep(space.tensor(space.copy(inOrder)))
                    : scope.keep(upload(owner, space.rows(inOrder)));
            points.attach(owner);
            return Points.of(points);
        }
    }

    private NDArray upload(NDManager owner, double[][] rows) {
        return HostArrays.create(
                owner, start.type(), HostArrays.flat(rows, space.dimension()), rows.length, space.dimension());
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

    @Override
    public void close() {
        stopped.close();
        best.close();
        x.close();
        gradient.close();
        step.close();
    }
}
