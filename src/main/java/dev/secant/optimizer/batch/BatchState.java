package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.RowSelection;
import dev.secant.tensor.Tensors;

/** Where the items of a batch are: the running ones now and at their best, the stopped ones at their result. */
final class BatchState implements AutoCloseable {

    private final NDManager manager;
    private final StoppedTensors stoppedPoints = new StoppedTensors();
    private final OwnedArray x = new OwnedArray();
    private final OwnedArray gradient = new OwnedArray();
    private final OwnedArray step = new OwnedArray();
    /** Empty where the current points are the best ones. */
    private final OwnedArray best = new OwnedArray();

    private BatchEvaluation current;

    /** At the start; call it in the memory scope that made the arrays. */
    BatchState(NDManager manager, BatchEvaluation start) {
        this.manager = manager;
        this.current = start;
        hold(start);
    }

    BatchEvaluation current() {
        return current;
    }

    /** Moves on; call it in the memory scope that made the arrays. */
    void moveTo(BatchEvaluation next, boolean[] improved) {
        if (RowSelection.where(improved.length, row -> improved[row]).isAll()) {
            best.close();
        } else {
            best.set(NDArrays.where(mask(improved), next.x(), bestPoints()));
        }
        hold(next);
    }

    /** Lets the rows that do not run go. */
    void release(int[] items, RowSelection running) {
        RowSelection stopped = running.others();
        stoppedPoints.add(stopped.of(items), stopped.of(bestPoints()));
        best.keep(running);
        hold(current.of(running));
    }

    /** All items by their place in the batch, {@code [B, n]}: the running where they are, the stopped at their best. */
    NDArray shown(int[] items, RowSelection stopped) {
        NDArray shown =
                stopped.isEmpty() ? current.x() : NDArrays.where(mask(stopped.flags()), bestPoints(), current.x());
        return stoppedPoints.inOrderWith(items, shown);
    }

    /** The results, {@code [B, n]}; every item must have stopped. */
    NDArray results() {
        return stoppedPoints.inOrder();
    }

    /** Flags of the running rows as a mask {@code [A, n]}. */
    NDArray mask(boolean[] flags) {
        return Tensors.of(manager, flags, new Shape(flags.length, 1))
                .broadcast(flags.length, current.x().getShape().get(1));
    }

    private NDArray bestPoints() {
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
        x.close();
        gradient.close();
        step.close();
        best.close();
        stoppedPoints.close();
    }
}
