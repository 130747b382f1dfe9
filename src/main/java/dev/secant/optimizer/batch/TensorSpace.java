package dev.secant.optimizer.batch;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors as tensors on the engine's device. Numbers that decide are collected and read back in one transfer ({@link Scalars}); calls of
 * the engine and read-backs are counted.
 */
public final class TensorSpace extends VectorSpace {

    private final NDManager manager;
    private final int dimension;
    private final DataType type;
    private final List<NDArray> asked = new ArrayList<>();
    private final List<Scalars> waiting = new ArrayList<>();
    private long engineCalls;
    private long readBacks;

    /**
     * A space.
     *
     * @param manager makes all arrays; closed with the space
     */
    TensorSpace(NDManager manager, int dimension, DataType type) {
        this.manager = manager;
        this.dimension = dimension;
        this.type = type;
    }

    @Override
    public Storage storage() {
        return Storage.TENSORS;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double epsilon() {
        return type == DataType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
    }

    /** The manager of all arrays. */
    public NDManager manager() {
        return manager;
    }

    /** The points' data type. */
    public DataType type() {
        return type;
    }

    @Override
    @SuppressWarnings("try")
    public void inStep(Runnable step) {
        try (MemoryScope scope = MemoryScope.open()) {
            step.run();
        } finally {
            asked.clear();
            waiting.clear();
        }
    }

    /** Counts calls of the engine that storage's own algebra makes. */
    public void count(int calls) {
        engineCalls += calls;
    }

    /** Numbers of the JVM in the points' data type: two calls. */
    public NDArray upload(double[] numbers, long... shape) {
        count(2);
        return HostArrays.create(manager, type, numbers, shape);
    }

    /** Scalars by row as a column that multiplies {@code [k, n]}: two calls. */
    public NDArray column(double[] scalars) {
        return upload(scalars, scalars.length, 1);
    }

    /**
     * Asks for numbers.
     *
     * @param numbers {@code [k, ...]}, float64
     */
    public Scalars ask(NDArray numbers) {
        count(1);
        int size = (int) numbers.getShape().get(0);
        Scalars scalars = new Scalars(this, (int) (numbers.size() / Math.max(1, size)));
        asked.add(numbers.reshape(-1));
        waiting.add(scalars);
        return scalars;
    }

    /** Reads back all that was asked for, in one transfer. */
    void readBack() {
        if (asked.isEmpty()) {
            return;
        }
        count(2);
        readBacks++;
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
    public NDArray gram(NDArray... vectors) {
        count(4);
        // In double precision, so that the norms of float32 vectors neither overflow nor vanish.
        NDArray stacked = NDArrays.stack(new NDList(vectors), 1).toType(DataType.FLOAT64, false); // [k, v, n]
        return stacked.batchMatMul(stacked.swapAxes(1, 2));
    }

    /** Rows of an array {@code [k, ...]}, in any order: three calls. */
    public NDArray gather(NDArray array, int[] rows) {
        count(3);
        long[] indices = new long[rows.length];
        Arrays.setAll(indices, i -> rows[i]);
        return array.get(new NDIndex("{}", Tensors.of(manager, indices)));
    }

    @Override
    public Block block(double[][] rows) {
        return new TensorBlock(upload(HostArrays.flat(rows, dimension), rows.length, dimension));
    }

    @Override
    public Block repeated(double[] row, int times) {
        count(1);
        return new TensorBlock(upload(row, 1, dimension).broadcast(times, dimension));
    }

    @Override
    public double[][] rows(Block block) {
        count(1);
        readBacks++;
        double[] flat = HostArrays.doubles(TensorBlock.array(block));
        double[][] rows = new double[flat.length / dimension][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(flat, row * dimension, (row + 1) * dimension);
        }
        return rows;
    }

    @Override
    public Block scaled(double a, Block x) {
        // Never the array itself, which may be held.
        return a == 1 ? copy(x) : new TensorBlock(scaled(a, TensorBlock.array(x)));
    }

    private NDArray scaled(double a, NDArray x) {
        if (a == 1) {
            return x;
        }
        count(a == -1 ? 1 : 2);
        return a == -1 ? x.neg() : mul(x, a);
    }

    @Override
    public Block scaled(double[] a, Block x) {
        count(1);
        return new TensorBlock(TensorBlock.array(x).mul(column(a)));
    }

    @Override
    public Block sum(double a, Block x, double b, Block y) {
        count(1);
        NDArray first = scaled(a, TensorBlock.array(x));
        NDArray second = TensorBlock.array(y);
        return new TensorBlock(b == -1 ? first.sub(second) : first.add(scaled(b, second)));
    }

    @Override
    public Block sum(double[] a, Block x, Block y) {
        count(2);
        return new TensorBlock(TensorBlock.array(x).mul(column(a)).add(TensorBlock.array(y)));
    }

    @Override
    public Block sum(double[] a, Block x, double[] b, Block y) {
        count(3);
        return new TensorBlock(
                TensorBlock.array(x).mul(column(a)).add(TensorBlock.array(y).mul(column(b))));
    }

    @Override
    public Block times(Block x, Block y) {
        count(1);
        return new TensorBlock(TensorBlock.array(x).mul(TensorBlock.array(y)));
    }

    @Override
    public Block overRoot(double a, Block x, double b, Block y, double epsilon) {
        count(3);
        NDArray root = scaled(b, TensorBlock.array(y).sqrt()).add(epsilon);
        return new TensorBlock(scaled(a, TensorBlock.array(x)).div(root));
    }

    @Override
    public Block where(boolean[] flags, Block yes, Block no) {
        count(4);
        NDArray mask = Tensors.of(manager, flags, new Shape(flags.length, 1)).broadcast(flags.length, dimension);
        return new TensorBlock(NDArrays.where(mask, TensorBlock.array(yes), TensorBlock.array(no)));
    }

    @Override
    public Block gather(Block block, RowSelection rows) {
        return rows.isAll() ? block : new TensorBlock(gather(TensorBlock.array(block), rows.indices()));
    }

    @Override
    public Block choose(Block[] parts, int[] places) {
        NDArray all;
        if (parts.length == 1) {
            all = TensorBlock.array(parts[0]);
        } else {
            count(1);
            NDList arrays = new NDList();
            for (Block part : parts) {
                arrays.add(TensorBlock.array(part));
            }
            all = NDArrays.concat(arrays);
        }
        return new TensorBlock(gather(all, places));
    }

    @Override
    public Block concat(Block first, Block second) {
        count(1);
        return new TensorBlock(NDArrays.concat(new NDList(TensorBlock.array(first), TensorBlock.array(second))));
    }

    @Override
    public Products products(Block... vectors) {
        NDArray[] arrays = new NDArray[vectors.length];
        Arrays.setAll(arrays, i -> TensorBlock.array(vectors[i]));
        return new Products(ask(gram(arrays)), arrays.length);
    }

    @Override
    public double[][] numbers(NDArray... tensors) {
        Scalars[] scalars = new Scalars[tensors.length];
        double[][] numbers = new double[tensors.length][];
        for (int i = 0; i < scalars.length; i++) {
            count(1);
            scalars[i] = ask(tensors[i].toType(DataType.FLOAT64, false));
        }
        for (int i = 0; i < scalars.length; i++) {
            numbers[i] = scalars[i].all();
        }
        return numbers;
    }

    @Override
    public Block copy(Block block) {
        count(1);
        return new TensorBlock(TensorBlock.array(block).duplicate());
    }

    @Override
    public NDArray tensor(Block block) {
        return TensorBlock.array(block);
    }

    @Override
    public Block block(NDArray tensor) {
        return new TensorBlock(tensor);
    }

    @Override
    Block start(Points start) {
        if (!start.isTensor()) {
            return block(start.rows());
        }
        count(1);
        NDArray copy = start.tensor().getDevice().equals(manager.getDevice())
                ? start.tensor().duplicate()
                : start.tensor().toDevice(manager.getDevice(), true);
        copy.attach(manager);
        return new TensorBlock(copy);
    }

    @Override
    Points points(Block block) {
        return Points.of(TensorBlock.array(block));
    }

    @Override
    BatchEvaluation evaluate(
            ObjectiveSelection objective,
            int[] items,
            RowSelection rows,
            Block from,
            Block direction,
            double @Nullable [] lengths) {
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray current = TensorBlock.array(gather(from, rows));
            NDArray displacement = TensorBlock.array(lengths == null ? direction : scaled(lengths, direction));
            count(2);
            NDArray x = scope.keep(current.add(displacement));
            NDArray step = scope.keep(x.sub(current));
            return evaluated(scope, objective.of(items).evaluate(x), rows, x, step);
        }
    }

    @Override
    BatchEvaluation evaluateStart(ObjectiveSelection objective, int[] items, Block start) {
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray x = TensorBlock.array(start);
            count(1);
            NDArray step = scope.keep(x.zerosLike());
            return evaluated(scope, objective.of(items).evaluate(x), RowSelection.all(items.length), x, step);
        }
    }

    private BatchEvaluation evaluated(
            MemoryScope scope, ValueAndGradient at, RowSelection rows, NDArray x, NDArray step) {
        NDArray gradient = scope.keep(at.gradient());
        count(4);
        int size = rows.size();
        NDArray products = gram(gradient, step, x).reshape(size, 9);
        NDArray values = at.values().toType(DataType.FLOAT64, false).reshape(size, 1);
        Scalars scalars = ask(products.concat(values, 1)); // [k, 10]
        scope.keep(asked.get(asked.size() - 1));
        return BatchEvaluation.onTensors(
                rows, new TensorBlock(x), new TensorBlock(step), new TensorBlock(gradient), scalars);
    }

    @Override
    Block hessianVectorProduct(ObjectiveSelection objective, int[] items, Block x, Block direction) {
        return new TensorBlock(
                objective.of(items).hessianVectorProduct(TensorBlock.array(x), TensorBlock.array(direction)));
    }

    @Override
    void retain(Block block) {
        NDScope.unregister(TensorBlock.array(block));
    }

    @Override
    void free(Block block) {
        TensorBlock.array(block).close();
    }

    @Override
    public long engineCalls() {
        return engineCalls;
    }

    @Override
    public long readBacks() {
        return readBacks;
    }

    @Override
    public void close() {
        manager.close();
    }
}
