package dev.secant.optimizer.quasinewton;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.OwnedArray;
import dev.secant.optimizer.batch.TensorBatchRun;

/**
 * The last m secant pairs {@code s = x_k - x_(k-1)}, {@code y = g_k - g_(k-1)} of every item, and all their products.
 *
 * <p>The vectors are rows of one array W {@code [A, 2m, n]}, the steps first. Their Gram matrix and {@code W g} live on
 * the JVM, where methods compute the coefficients of a step in them in double precision; so a step costs a fixed number
 * of tensor operations, whatever m is (Chen, Wang and Zhou, Large-scale L-BFGS using MapReduce, NIPS 2014). Pairs are
 * stored divided by {@code ||s||}, which changes no secant equation and keeps float32 products in range.
 */
final class LbfgsTensors implements AutoCloseable {

    private final TensorBatchRun run;
    private final int memory;
    private final OwnedArray vectors = new OwnedArray();
    private Item[] items;
    private int pushed;

    /** The scalars of one item. */
    static final class Item {
        private final int memory;
        private final double[][] gram;
        private final boolean[] valid;
        private final double[] gradientProducts;
        private int[] order = {};

        private Item(int memory) {
            this.memory = memory;
            this.gram = new double[2 * memory][2 * memory];
            this.valid = new boolean[memory];
            this.gradientProducts = new double[2 * memory];
        }

        /** The slots in use, the newest first. */
        int[] order() {
            return order;
        }

        double stepStep(int i, int j) {
            return gram[i][j];
        }

        double stepChange(int i, int j) {
            return gram[i][memory + j];
        }

        double changeChange(int i, int j) {
            return gram[memory + i][memory + j];
        }

        double stepGradient(int i) {
            return gradientProducts[i];
        }

        double changeGradient(int i) {
            return gradientProducts[memory + i];
        }
    }

    /** Which pairs are worth storing. */
    @FunctionalInterface
    interface Admission {
        /**
         * Judges a pair.
         *
         * @param item its products with what is stored
         * @param slot its slot
         */
        boolean admits(Item item, int slot);
    }

    /** Without pairs. */
    LbfgsTensors(TensorBatchRun run, int memory) {
        this.run = run;
        this.memory = memory;
        this.items = new Item[run.size()];
        for (int row = 0; row < items.length; row++) {
            items[row] = new Item(memory);
        }
    }

    Item item(int row) {
        return items[row];
    }

    /** Forgets an item's pairs. */
    void forget(int row) {
        java.util.Arrays.fill(items[row].valid, false);
        items[row].order = new int[0];
    }

    /** Stores the pairs from the current points to the next, in place of the oldest. */
    void push(BatchEvaluation next, Admission admission) {
        if (vectors.isEmpty()) {
            Shape shape = next.x().getShape();
            vectors.set(run.manager()
                    .zeros(
                            new Shape(shape.get(0), 2L * memory, shape.get(1)),
                            next.x().getDataType()));
        }
        int slot = pushed++ % memory;
        double[] factors = new double[items.length];
        for (int row = 0; row < factors.length; row++) {
            factors[row] = next.stepLengths()[row] > 0 ? 1 / next.stepLengths()[row] : 0;
        }
        NDArray scale = run.column(factors);
        NDArray step = next.step().mul(scale);
        NDArray change = next.gradient().sub(run.current().gradient()).mul(scale);
        NDArray all = vectors.get();
        all.set(new NDIndex().addAllDim().addIndices(slot), step);
        all.set(new NDIndex().addAllDim().addIndices(memory + slot), change);
        // Rows times W transposed: more than twice as fast as W times columns, which are not contiguous.
        NDArray three = NDArrays.stack(new NDList(step, change, next.gradient()), 1); // [A, 3, n]
        double[] products = BatchEvaluation.doubles(three.batchMatMul(all.swapAxes(1, 2))); // [A, 3, 2m]
        for (int row = 0; row < items.length; row++) {
            store(items[row], slot, products, row * 2 * memory * 3, admission);
        }
    }

    private void store(Item item, int slot, double[] products, int from, Admission admission) {
        int width = 2 * memory;
        for (int i = 0; i < width; i++) {
            double withStep = products[from + i];
            double withChange = products[from + width + i];
            item.gram[i][slot] = withStep;
            item.gram[slot][i] = withStep;
            item.gram[i][memory + slot] = withChange;
            item.gram[memory + slot][i] = withChange;
            item.gradientProducts[i] = products[from + 2 * width + i];
        }
        item.valid[slot] = false;
        item.valid[slot] = admission.admits(item, slot);
        int[] order = new int[memory];
        int used = 0;
        for (int age = 0; age < memory; age++) {
            int at = Math.floorMod(slot - age, memory);
            if (item.valid[at]) {
                order[used++] = at;
            }
        }
        item.order = java.util.Arrays.copyOf(order, used);
    }

    /**
     * The combinations {@code a g + W'c} of every item.
     *
     * @param gradient {@code [A, n]}
     * @param gradientFactors a
     * @param coefficients c, {@code [A, 2m]} in one array
     */
    NDArray combine(NDArray gradient, double[] gradientFactors, double[] coefficients) {
        NDArray part = gradient.mul(run.column(gradientFactors));
        if (vectors.isEmpty()) {
            return part;
        }
        NDArray row = run.array(coefficients, items.length, 1, 2L * memory);
        return row.batchMatMul(vectors.get()).squeeze(1).add(part);
    }

    void keep(RowSelection rows) {
        vectors.keep(rows);
        items = rows.of(items);
    }

    @Override
    public void close() {
        vectors.close();
    }
}
