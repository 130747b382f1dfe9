package dev.secant.optimizer.amortized;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.OwnedArray;
import dev.secant.optimizer.vectors.TensorBlock;
import dev.secant.optimizer.vectors.TensorSpace;

/** Corrections on tensors: rows of one array {@code [A, c, n]}, of as many slots as any item has used. */
final class CorrectionsOnTensors extends Corrections {

    private final TensorSpace space;
    private final OwnedArray vectors = new OwnedArray();
    private int used;

    CorrectionsOnTensors(BatchRun run, int memory) {
        super(run.size(), memory);
        space = (TensorSpace) run.space();
    }

    @Override
    void put(Block r, double[] scales, int[] slots) {
        int before = used;
        for (int row = 0; row < slots.length; row++) {
            used = scales[row] == 0 ? used : Math.max(used, slots[row] + 1);
        }
        if (used == 0) {
            return;
        }
        // One column keeps or clears a slot, the other writes it.
        double[] factors = new double[2 * slots.length * used];
        for (int row = 0; row < slots.length; row++) {
            for (int slot = 0; slot < used; slot++) {
                boolean written = scales[row] != 0 && slots[row] == slot;
                factors[row * used + slot] = written ? 0 : 1;
                factors[(slots.length + row) * used + slot] = written ? scales[row] : 0;
            }
        }
        space.count(9);
        NDList parts = space.upload(factors, 2L * slots.length, used, 1).split(2);
        NDArray written = parts.get(1).mul(TensorBlock.array(r).expandDims(1)); // [A, c, n]
        vectors.set(before == 0 ? written : widened(before).mul(parts.get(0)).addi(written));
    }

    private NDArray widened(int before) {
        if (before == used) {
            return vectors.get();
        }
        Shape shape = new Shape(size(), used - before, space.dimension());
        return NDArrays.concat(new NDList(vectors.get(), space.manager().zeros(shape, space.type())), 1);
    }

    @Override
    Block add(Block base, Block y, RowSelection rows) {
        if (used == 0) {
            return base;
        }
        int[] indices = rows.indices();
        double[] signs = new double[indices.length * used];
        for (int k = 0; k < indices.length; k++) {
            System.arraycopy(signs(indices[k]), 0, signs, k * used, used);
        }
        space.count(8);
        NDArray v = rows.isAll() ? vectors.get() : space.gather(vectors.get(), indices);
        NDArray products = TensorBlock.array(y).expandDims(1).batchMatMul(v.swapAxes(1, 2)); // [k, 1, c]
        NDArray factors = products.mul(space.upload(signs, indices.length, 1, used));
        return new TensorBlock(factors.batchMatMul(v).squeeze(1).addi(TensorBlock.array(base)));
    }

    @Override
    void keep(RowSelection rows) {
        super.keep(rows);
        if (used > 0 && !rows.isAll()) {
            vectors.set(space.gather(vectors.get(), rows.indices()));
        }
    }

    @Override
    public void close() {
        vectors.close();
    }
}
