package dev.secant.optimizer.quasinewton;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.OwnedArray;
import dev.secant.optimizer.batch.TensorBlock;
import dev.secant.optimizer.batch.TensorSpace;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * SR1's pairs on tensors: rows of one float64 array W {@code [A, 2c, n]}, c slots of steps and then c of changes. Their products with each
 * other and with the gradient live on the JVM, where the whole model is made of them ({@link Sr1GramModel}); what a trial adds to them is
 * read back with its value.
 */
final class Sr1PairsOnTensors implements Sr1Pairs {

    /** The step, the change, the trial's gradient and that of the current point. */
    private static final int VECTORS = 4;

    private static final int INNER = VECTORS * VECTORS;

    private final BatchRun run;
    private final TensorSpace space;
    private final PairRings rings;
    private final int capacity;
    private final OwnedArray vectors = new OwnedArray();
    private Sr1GramModel[] items;

    /** The trials whose pairs are to be written, the pairs' places among them, and where they go. */
    private @Nullable BatchEvaluation unwritten;

    private int[] places;
    private long[] targets;
    private int waiting;

    Sr1PairsOnTensors(BatchRun run, PairRings rings) {
        this.run = run;
        this.space = (TensorSpace) run.space();
        this.rings = rings;
        this.capacity = rings.capacity();
        this.items = new Sr1GramModel[rings.size()];
        for (int row = 0; row < items.length; row++) {
            items[row] = new Sr1GramModel(capacity);
        }
        this.places = new int[items.length];
        this.targets = new long[items.length];
        Shape shape = new Shape(items.length, 2L * capacity, space.dimension());
        vectors.set(space.manager().zeros(shape, DataType.FLOAT64));
    }

    @Override
    public void measure(BatchEvaluation trials) {
        write();
        RowSelection rows = trials.rows();
        NDArray step = inDouble(trials.step());
        NDArray gradient = inDouble(trials.gradient());
        NDArray before = inDouble(space.gather(run.current().gradient(), rows));
        NDArray all = rows.isAll() ? vectors.get() : space.gather(vectors.get(), rows.indices());
        space.count(13);
        NDArray length = step.norm(new int[] {1}, true);
        // A step that was rounded away has no pair: its zeros are divided by something else.
        NDArray divisor = length.add(length.eq(0).toType(DataType.FLOAT64, false));
        NDArray unitStep = step.div(divisor);
        NDArray change = gradient.sub(before).div(divisor);
        NDArray four = NDArrays.stack(new NDList(unitStep, change, gradient, before), 1); // [k, 4, n]
        NDArray inner = four.batchMatMul(four.swapAxes(1, 2)).reshape(rows.size(), INNER);
        NDArray outer = four.batchMatMul(all.swapAxes(1, 2)).reshape(rows.size(), VECTORS * 2L * capacity);
        trials.measure(space.ask(inner.concat(outer, 1)));
        trials.accompany(new TensorBlock(unitStep), new TensorBlock(change));
    }

    private NDArray inDouble(Block block) {
        space.count(1);
        return TensorBlock.array(block).toType(DataType.FLOAT64, false);
    }

    @Override
    public void store(int row, BatchEvaluation trials, int k) {
        int slot = rings.free(row);
        items[row].store(slot, trials.measured(k), INNER);
        if (unwritten != trials) {
            write();
            unwritten = trials;
        }
        places[waiting] = k;
        targets[waiting++] = 2L * capacity * row + slot;
    }

    /** Writes the pairs that were stored to their slots. */
    private void write() {
        BatchEvaluation from = unwritten;
        if (from == null) {
            return;
        }
        int[] rows = Arrays.copyOf(places, waiting);
        long[] both = Arrays.copyOf(targets, 2 * waiting);
        for (int i = 0; i < waiting; i++) {
            both[waiting + i] = both[i] + capacity;
        }
        space.count(4);
        NDArray steps = space.gather(TensorBlock.array(from.companion(0)), rows);
        NDArray changes = space.gather(TensorBlock.array(from.companion(1)), rows);
        NDArray flat = vectors.get().reshape(-1, space.dimension());
        flat.set(new NDIndex("{}", Tensors.of(space.manager(), both)), NDArrays.concat(new NDList(steps, changes)));
        unwritten = null;
        waiting = 0;
    }

    @Override
    public double curvature(int row, int slot) {
        return items[row].product(slot, capacity + slot);
    }

    @Override
    public double changeSquare(int row, int slot) {
        return items[row].product(capacity + slot, capacity + slot);
    }

    @Override
    public Sr1Model model(int row, double gamma) {
        int[] slots = new int[rings.count(row)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = rings.slot(row, slots.length - 1 - i);
        }
        return items[row].model(slots, gamma);
    }

    @Override
    public double[] slopes(int row, Sr1Model model) {
        return items[row].slopes();
    }

    @Override
    public Block displacements(RowSelection rows, double[] gradientFactors, double[][] vectorFactors) {
        write();
        int size = rows.size();
        double[] coefficients = new double[size * 2 * capacity];
        for (int k = 0; k < size; k++) {
            items[rows.indices()[k]].coefficients(vectorFactors[k], coefficients, 2 * capacity * k);
        }
        NDArray all = rows.isAll() ? vectors.get() : space.gather(vectors.get(), rows.indices());
        NDArray gradient = inDouble(space.gather(run.current().gradient(), rows));
        space.count(9);
        NDArray factors = HostArrays.create(space.manager(), DataType.FLOAT64, gradientFactors, size, 1);
        NDArray c = HostArrays.create(space.manager(), DataType.FLOAT64, coefficients, size, 1, 2L * capacity);
        NDArray displacement = c.batchMatMul(all).squeeze(1).add(gradient.mul(factors));
        return new TensorBlock(displacement.toType(space.type(), false));
    }

    @Override
    public void endStep() {
        write();
        for (Sr1GramModel item : items) {
            item.moveOn();
        }
    }

    @Override
    public void keep(RowSelection rows) {
        vectors.set(space.gather(vectors.get(), rows.indices()));
        items = rows.of(items);
    }

    @Override
    public void close() {
        vectors.close();
    }
}
