package dev.secant.optimizer.secant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.OwnedArray;
import dev.secant.optimizer.batch.TensorBlock;
import dev.secant.optimizer.batch.TensorSpace;
import dev.secant.tensor.Tensors;
import java.util.Arrays;

/** Float64 arithmetic on arrays of one row an item, whatever the points' data type is; it counts its calls. */
final class RowTensors {

    private final TensorSpace space;

    RowTensors(TensorSpace space) {
        this.space = space;
    }

    /** An array of a row an item that outlives steps, of which some rows can be replaced. */
    final class Held implements AutoCloseable {

        private final OwnedArray array = new OwnedArray();

        /** Some rows; the array itself where they are all, so they are to be looked at before anything is {@link #put}. */
        NDArray at(RowSelection rows) {
            return rows.isAll() ? array.get() : gather(array.get(), rows.indices());
        }

        /** All rows, to be written to in place. */
        NDArray whole() {
            return array.get();
        }

        /** Replaces some rows by an array that nobody else holds. */
        void put(RowSelection rows, NDArray values) {
            if (rows.isAll()) {
                array.set(values);
            } else {
                count(2);
                array.get().set(new NDIndex("{}", indices(rows.indices())), values);
            }
        }

        void keep(RowSelection rows) {
            array.set(gather(array.get(), rows.indices()));
        }

        @Override
        public void close() {
            array.close();
        }
    }

    int dimension() {
        return space.dimension();
    }

    void count(int calls) {
        space.count(calls);
    }

    Held zeros(long... shape) {
        Held held = new Held();
        held.array.set(space.manager().zeros(new Shape(shape), DataType.FLOAT64));
        return held;
    }

    Held ones(long... shape) {
        Held held = new Held();
        held.array.set(space.manager().ones(new Shape(shape), DataType.FLOAT64));
        return held;
    }

    /** Zeros, of the step. */
    NDArray none(long... shape) {
        count(1);
        return space.manager().zeros(new Shape(shape), DataType.FLOAT64);
    }

    /** An array that lives as long as the run. */
    NDArray lasting(NDArray array) {
        NDScope.unregister(array);
        return array;
    }

    NDArray indices(int[] rows) {
        long[] indices = new long[rows.length];
        Arrays.setAll(indices, i -> rows[i]);
        return Tensors.of(space.manager(), indices);
    }

    NDArray gather(NDArray array, int[] rows) {
        return space.gather(array, rows);
    }

    NDArray upload(double[] numbers, long... shape) {
        count(1);
        return HostArrays.create(space.manager(), DataType.FLOAT64, numbers, shape);
    }

    /** Conditions as ones and zeros. */
    NDArray numbers(NDArray conditions) {
        count(1);
        return conditions.toType(DataType.FLOAT64, false);
    }

    /** A block's rows in float64; for FLOAT64 its own array. */
    NDArray of(Block block, RowSelection rows) {
        count(1);
        return TensorBlock.array(space.gather(block, rows)).toType(DataType.FLOAT64, false);
    }

    NDArray of(Block block) {
        count(1);
        return TensorBlock.array(block).toType(DataType.FLOAT64, false);
    }

    /** An array {@code [k, n]} as points' displacements. */
    Block block(NDArray array) {
        count(1);
        return new TensorBlock(array.toType(space.type(), false));
    }

    /** By row {@code [k, w]}, of the first where the flag is set. */
    NDArray where(boolean[] flags, NDArray yes, NDArray no) {
        count(4);
        long width = yes.getShape().get(1);
        NDArray mask =
                Tensors.of(space.manager(), flags, new Shape(flags.length, 1)).broadcast(flags.length, width);
        return NDArrays.where(mask, yes, no);
    }

    /** By row, of the first where the condition {@code [k, 1]} holds. */
    NDArray where(NDArray condition, NDArray yes, NDArray no) {
        count(2);
        return NDArrays.where(condition.broadcast(yes.getShape()), yes, no);
    }

    /**
     * Combinations of vectors of the same row, all of them finite.
     *
     * @param coefficients one vector's after the other's, {@code [v][k]}
     */
    NDArray combine(double[][] coefficients, NDArray... vectors) {
        int size = coefficients[0].length;
        int width = vectors.length;
        double[] flat = new double[size * width];
        for (int i = 0; i < width; i++) {
            for (int k = 0; k < size; k++) {
                flat[k * width + i] = coefficients[i][k];
            }
        }
        count(3);
        NDArray stacked = NDArrays.stack(new NDList(vectors), 1); // [k, v, n]
        return upload(flat, size, 1, width).batchMatMul(stacked).squeeze(1);
    }
}
