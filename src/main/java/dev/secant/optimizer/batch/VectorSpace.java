package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import org.jspecify.annotations.Nullable;

/**
 * All arithmetic on vectors that methods do, for a whole batch at a time and with coefficients by row: the one interface between methods
 * and the two storages.
 *
 * <p>Results are new blocks; no argument is modified. On tensors each primitive is a fixed number of calls of the engine, whatever the
 * batch, and reads nothing back but through {@link Products} and {@link #rows}. On arrays each row's numbers are the same, bit for bit,
 * whoever its neighbours are. One thread uses a space.
 */
public abstract sealed class VectorSpace implements AutoCloseable permits ArraySpace, TensorSpace {

    /** Which storage this is. */
    public abstract Storage storage();

    /** n. */
    public abstract int dimension();

    /** The unit of rounding of the points' data type. */
    public abstract double epsilon();

    /** Runs a step: on tensors, all that it made and that is not {@link Held} is freed at its end. */
    public abstract void inStep(Runnable step);

    /** An empty place for a block that outlives steps; the caller closes it. */
    public final Held hold() {
        return new Held(this);
    }

    /** Rows of the JVM as a block. */
    public abstract Block block(double[][] rows);

    /** The same row so many times. */
    public abstract Block repeated(double[] row, int times);

    /** The numbers of a block, {@code [k][n]}; not to be modified. On tensors a read-back of its own. */
    public abstract double[][] rows(Block block);

    /** {@code a x}. */
    public abstract Block scaled(double a, Block x);

    /** {@code a_b x_b}. */
    public abstract Block scaled(double[] a, Block x);

    /** {@code a x + b y}. */
    public abstract Block sum(double a, Block x, double b, Block y);

    /** {@code a_b x_b + y_b}. */
    public abstract Block sum(double[] a, Block x, Block y);

    /** {@code a_b x_b + b_b y_b}. */
    public abstract Block sum(double[] a, Block x, double[] b, Block y);

    /** {@code x * y}, element by element. */
    public abstract Block times(Block x, Block y);

    /** {@code a x / (b sqrt(y) + epsilon)}, element by element. */
    public abstract Block overRoot(double a, Block x, double b, Block y, double epsilon);

    /** By row, of the first block where the flag is set, and else of the second. */
    public abstract Block where(boolean[] flags, Block yes, Block no);

    /** Some of the rows; the block itself where they are all. */
    public abstract Block gather(Block block, RowSelection rows);

    /**
     * Any rows of several blocks laid end to end, in any order.
     *
     * @param places of the rows among all of the parts
     */
    public abstract Block choose(Block[] parts, int[] places);

    /** The products of vectors of the same row; asked for now, read back when they are looked at. */
    public abstract Products products(Block... vectors);

    /** The rows of two blocks, one block's after the other's. */
    public abstract Block concat(Block first, Block second);

    /** The numbers of tensors, each row after row; on tensors read back in one transfer. */
    public abstract double[][] numbers(NDArray... tensors);

    /** A copy that may be held beside the block itself; on arrays the block, which nobody modifies. */
    public abstract Block copy(Block block);

    /**
     * A block as a tensor in the points' data type, for what only the engine can do: on tensors its own, on arrays an upload that belongs
     * to the memory scope around.
     */
    public abstract NDArray tensor(Block block);

    /** A tensor {@code [k, n]} as a block: on arrays a read-back. */
    public abstract Block block(NDArray tensor);

    /**
     * Points with their values and gradients.
     *
     * @param objective of the items
     * @param items the items' places in the batch as it was started
     * @param rows their places among the rows of {@code from}
     * @param from the current points of all running rows
     * @param direction {@code [k, n]}
     * @param lengths factors of the directions; null for 1
     */
    abstract BatchEvaluation evaluate(
            ObjectiveSelection objective,
            int[] items,
            RowSelection rows,
            Block from,
            Block direction,
            double @Nullable [] lengths);

    /** The starts with their values and gradients, and their norms asked for. */
    abstract BatchEvaluation evaluateStart(ObjectiveSelection objective, int[] items, Block start);

    /** Hessian-vector products at points {@code [k, n]}. */
    abstract Block hessianVectorProduct(ObjectiveSelection objective, int[] items, Block x, Block direction);

    /** The starting points as a block of this space's own. */
    abstract Block start(Points start);

    /** A block as points that are valid as long as it is. */
    abstract Points points(Block block);

    /** Takes a block out of the step that made it. */
    abstract void retain(Block block);

    /** Frees a block that was retained. */
    abstract void free(Block block);

    /** How many calls of the engine the primitives have made; 0 on arrays. */
    public abstract long engineCalls();

    /** How many transfers from the device there were; 0 on arrays. */
    public abstract long readBacks();

    @Override
    public abstract void close();
}
