package dev.secant.optimizer.vectors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.HostArrays;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link TensorSpace} and a method's own algebra do with arrays of the engine: uploads, choice of rows, products and the numbers that
 * decide. Those are collected and read back in one transfer ({@link Scalars}); calls of the engine and read-backs are counted.
 */
abstract sealed class EngineArrays extends VectorSpace permits TensorSpace {

    private final NDManager manager;
    private final List<NDArray> asked = new ArrayList<>();
    private final List<Scalars> waiting = new ArrayList<>();
    private long engineCalls;
    private long readBacks;

    EngineArrays(NDManager manager, int dimension, DataType type) {
        super(dimension, type);
        this.manager = manager;
    }

    /** The manager of all arrays. */
    public final NDManager manager() {
        return manager;
    }

    @Override
    @SuppressWarnings("try")
    public final void inStep(Runnable step) {
        try (MemoryScope scope = MemoryScope.open()) {
            step.run();
        } finally {
            asked.clear();
            waiting.clear();
        }
    }

    /** Counts calls of the engine that storage's own algebra makes. */
    public final void count(int calls) {
        engineCalls += calls;
    }

    /** Counts a transfer from the device, with the calls that it takes. */
    final void countReadBack(int calls) {
        count(calls);
        readBacks++;
    }

    /** Numbers of the JVM in the points' data type: two calls. */
    public final NDArray upload(double[] numbers, long... shape) {
        count(2);
        return HostArrays.create(manager, type, numbers, shape);
    }

    /** Scalars by row as a column that multiplies {@code [k, n]}: two calls. */
    public final NDArray column(double[] scalars) {
        return upload(scalars, scalars.length, 1);
    }

    /**
     * Asks for numbers.
     *
     * @param numbers {@code [k, ...]}, float64
     */
    public final Scalars ask(NDArray numbers) {
        count(1);
        return ask(numbers.reshape(-1), width(numbers));
    }

    /**
     * Asks for numbers in a scope that ends within the step, before they are looked at.
     *
     * @param numbers {@code [k, ...]}, float64
     */
    public final Scalars ask(NDArray numbers, MemoryScope scope) {
        count(1);
        return ask(scope.keep(numbers.reshape(-1)), width(numbers));
    }

    private static int width(NDArray numbers) {
        return (int) (numbers.size() / Math.max(1, numbers.getShape().get(0)));
    }

    private Scalars ask(NDArray numbers, int width) {
        Scalars scalars = new Scalars(this, width);
        asked.add(numbers);
        waiting.add(scalars);
        return scalars;
    }

    /** Reads back all that was asked for, in one transfer. */
    final void readBack() {
        if (asked.isEmpty()) {
            return;
        }
        countReadBack(2);
        double[] all = (asked.size() == 1 ? asked.get(0) : NDArrays.concat(new NDList(asked))).toDoubleArray();
        int from = 0;
        for (int i = 0; i < asked.size(); i++) {
            int to = from + (int) asked.get(i).size();
            waiting.get(i).set(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        asked.clear();
        waiting.clear();
    }

    /** The products, in float64, of vectors {@code [k, n]} of the same row: {@code [k, v, v]}. */
    public final NDArray gram(NDArray... vectors) {
        count(4);
        // In double precision, so that the norms of float32 vectors neither overflow nor vanish.
        NDArray stacked = NDArrays.stack(new NDList(vectors), 1).toType(DataType.FLOAT64, false); // [k, v, n]
        return stacked.batchMatMul(stacked.swapAxes(1, 2));
    }

    /** Rows of an array {@code [k, ...]}, in any order: three calls. */
    public final NDArray gather(NDArray array, int[] rows) {
        count(3);
        long[] indices = new long[rows.length];
        Arrays.setAll(indices, i -> rows[i]);
        return array.get(new NDIndex("{}", Tensors.of(manager, indices)));
    }

    @Override
    public final long engineCalls() {
        return engineCalls;
    }

    @Override
    public final long readBacks() {
        return readBacks;
    }

    @Override
    public final void close() {
        manager.close();
    }
}
