package dev.secant.optimizer.batch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Vectors on plain arrays: direct loops in double precision, without a call of the engine but for objectives that need it. */
public final class ArraySpace extends VectorSpace {

    private final int dimension;
    private final DataType type;
    private final Device device;
    private @Nullable NDManager manager;

    /**
     * A space.
     *
     * @param type points are rounded to it
     * @param device where objectives on tensors are evaluated
     */
    ArraySpace(int dimension, DataType type, Device device) {
        this.dimension = dimension;
        this.type = type;
        this.device = device;
    }

    @Override
    public Storage storage() {
        return Storage.ARRAYS;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double epsilon() {
        return type == DataType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
    }

    @Override
    public void inStep(Runnable step) {
        step.run();
    }

    @Override
    public Block block(double[][] rows) {
        return new ArrayBlock(rows);
    }

    @Override
    public Block repeated(double[] row, int times) {
        double[][] rows = new double[times][];
        Arrays.fill(rows, row);
        return new ArrayBlock(rows);
    }

    @Override
    public double[][] rows(Block block) {
        return ArrayBlock.rows(block);
    }

    @Override
    public Block scaled(double a, Block x) {
        double[][] from = ArrayBlock.rows(x);
        double[][] result = new double[from.length][];
        for (int row = 0; row < result.length; row++) {
            result[row] = Vectors.scaled(a, from[row]);
        }
        return new ArrayBlock(result);
    }

    @Override
    public Block scaled(double[] a, Block x) {
        double[][] from = ArrayBlock.rows(x);
        double[][] result = new double[from.length][];
        for (int row = 0; row < result.length; row++) {
            result[row] = Vectors.scaled(a[row], from[row]);
        }
        return new ArrayBlock(result);
    }

    @Override
    public Block sum(double a, Block x, double b, Block y) {
        double[][] first = ArrayBlock.rows(x);
        double[][] second = ArrayBlock.rows(y);
        double[][] result = new double[first.length][];
        for (int row = 0; row < result.length; row++) {
            result[row] = Vectors.combination(a, first[row], b, second[row]);
        }
        return new ArrayBlock(result);
    }

    @Override
    public Block sum(double[] a, Block x, Block y) {
        double[][] first = ArrayBlock.rows(x);
        double[][] second = ArrayBlock.rows(y);
        double[][] result = new double[first.length][];
        for (int row = 0; row < result.length; row++) {
            result[row] = Vectors.combination(a[row], first[row], 1, second[row]);
        }
        return new ArrayBlock(result);
    }

    @Override
    public Block sum(double[] a, Block x, double[] b, Block y) {
        double[][] first = ArrayBlock.rows(x);
        double[][] second = ArrayBlock.rows(y);
        double[][] result = new double[first.length][];
        for (int row = 0; row < result.length; row++) {
            result[row] = Vectors.combination(a[row], first[row], b[row], second[row]);
        }
        return new ArrayBlock(result);
    }

    @Override
    public Block times(Block x, Block y) {
        double[][] first = ArrayBlock.rows(x);
        double[][] second = ArrayBlock.rows(y);
        double[][] result = new double[first.length][dimension];
        for (int row = 0; row < result.length; row++) {
            for (int j = 0; j < dimension; j++) {
                result[row][j] = first[row][j] * second[row][j];
            }
        }
        return new ArrayBlock(result);
    }

    @Override
    public Block overRoot(double a, Block x, double b, Block y, double epsilon) {
        double[][] first = ArrayBlock.rows(x);
        double[][] second = ArrayBlock.rows(y);
        double[][] result = new double[first.length][dimension];
        for (int row = 0; row < result.length; row++) {
            for (int j = 0; j < dimension; j++) {
                result[row][j] = a * first[row][j] / (b * Math.sqrt(second[row][j]) + epsilon);
            }
        }
        return new ArrayBlock(result);
    }

    @Override
    public Block where(boolean[] flags, Block yes, Block no) {
        double[][] first = ArrayBlock.rows(yes);
        double[][] second = ArrayBlock.rows(no);
        double[][] result = new double[flags.length][];
        for (int row = 0; row < result.length; row++) {
            result[row] = flags[row] ? first[row] : second[row];
        }
        return new ArrayBlock(result);
    }

    @Override
    public Block gather(Block block, RowSelection rows) {
        return rows.isAll() ? block : new ArrayBlock(rows.of(ArrayBlock.rows(block)));
    }

    @Override
    public Block choose(Block[] parts, int[] places) {
        double[][] result = new double[places.length][];
        for (int row = 0; row < result.length; row++) {
            int place = places[row];
            int part = 0;
            double[][] rows = ArrayBlock.rows(parts[0]);
            while (place >= rows.length) {
                place -= rows.length;
                rows = ArrayBlock.rows(parts[++part]);
            }
            result[row] = rows[place];
        }
        return new ArrayBlock(result);
    }

    @Override
    public Block concat(Block first, Block second) {
        double[][] head = ArrayBlock.rows(first);
        double[][] tail = ArrayBlock.rows(second);
        double[][] result = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, result, head.length, tail.length);
        return new ArrayBlock(result);
    }

    @Override
    public Products products(Block... vectors) {
        double[][][] rows = new double[vectors.length][][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = ArrayBlock.rows(vectors[i]);
        }
        int count = rows.length;
        double[] products = new double[rows[0].length * count * count];
        for (int row = 0; row < rows[0].length; row++) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j <= i; j++) {
                    double product = Vectors.dot(rows[i][row], rows[j][row]);
                    products[(row * count + i) * count + j] = product;
                    products[(row * count + j) * count + i] = product;
                }
            }
        }
        return new Products(new Scalars(products, count * count), count);
    }

    @Override
    public double[][] numbers(NDArray... tensors) {
        double[][] numbers = new double[tensors.length][];
        Arrays.setAll(numbers, i -> HostArrays.doubles(tensors[i]));
        return numbers;
    }

    @Override
    public Block copy(Block block) {
        return block;
    }

    @Override
    public NDArray tensor(Block block) {
        double[][] rows = ArrayBlock.rows(block);
        return HostArrays.create(manager(), type, HostArrays.flat(rows, dimension), rows.length, dimension);
    }

    @Override
    public Block block(NDArray tensor) {
        return new ArrayBlock(split(HostArrays.doubles(tensor)));
    }

    private double[][] split(double[] flat) {
        double[][] rows = new double[flat.length / dimension][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(flat, row * dimension, (row + 1) * dimension);
        }
        return rows;
    }

    private NDManager manager() {
        if (manager == null) {
            manager = TensorRuntime.get().newManager(device);
        }
        return manager;
    }

    @Override
    Block start(Points start) {
        // Rows of the caller may change while the batch runs.
        double[][] rows = new double[start.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = start.row(row).clone();
        }
        return new ArrayBlock(rows);
    }

    @Override
    Points points(Block block) {
        return Points.of(ArrayBlock.rows(block), type);
    }

    @Override
    BatchEvaluation evaluate(
            ObjectiveSelection objective,
            int[] items,
            RowSelection rows,
            Block from,
            Block direction,
            double @Nullable [] lengths) {
        double[][] current = ArrayBlock.rows(from);
        double[][] directions = ArrayBlock.rows(direction);
        int[] indices = rows.indices();
        double[][] x = new double[indices.length][dimension];
        double[][] step = new double[indices.length][dimension];
        for (int k = 0; k < indices.length; k++) {
            advance(current[indices[k]], lengths == null ? 1 : lengths[k], directions[k], x[k], step[k]);
        }
        return evaluated(objective, items, rows, x, step);
    }

    /** The point at a length of a direction, as the data type rounds it, and the step that this really is. */
    private void advance(double[] from, double length, double[] direction, double[] x, double[] step) {
        if (type == DataType.FLOAT64) {
            for (int j = 0; j < x.length; j++) {
                x[j] = from[j] + length * direction[j];
                step[j] = x[j] - from[j];
            }
        } else {
            for (int j = 0; j < x.length; j++) {
                x[j] = (float) (from[j] + length * direction[j]);
                step[j] = x[j] - from[j];
            }
        }
    }

    @Override
    BatchEvaluation evaluateStart(ObjectiveSelection objective, int[] items, Block start) {
        double[][] x = ArrayBlock.rows(start);
        double[][] step = new double[x.length][dimension];
        return evaluated(objective, items, RowSelection.all(x.length), x, step);
    }

    @SuppressWarnings("try")
    private BatchEvaluation evaluated(
            ObjectiveSelection objective, int[] items, RowSelection rows, double[][] x, double[][] step) {
        double[] values;
        double[][] gradient;
        if (objective.whole() instanceof ArrayObjective arrays && arrays.suits(items.length)) {
            values = new double[items.length];
            gradient = new double[items.length][dimension];
            for (int k = 0; k < values.length; k++) {
                values[k] = arrays.evaluate(items[k], x[k], gradient[k]);
            }
        } else {
            try (MemoryScope scope = MemoryScope.open()) {
                ValueAndGradient at = objective.of(items).evaluate(tensor(new ArrayBlock(x)));
                values = HostArrays.doubles(at.values());
                gradient = split(HostArrays.doubles(at.gradient()));
            }
        }
        return BatchEvaluation.onArrays(rows, x, step, gradient, values);
    }

    @Override
    @SuppressWarnings("try")
    Block hessianVectorProduct(ObjectiveSelection objective, int[] items, Block x, Block direction) {
        if (objective.whole() instanceof ArrayObjective arrays && arrays.productsSuit(items.length)) {
            double[][] points = ArrayBlock.rows(x);
            double[][] directions = ArrayBlock.rows(direction);
            double[][] products = new double[items.length][dimension];
            for (int k = 0; k < products.length; k++) {
                arrays.hessianVectorProduct(items[k], points[k], directions[k], epsilon(), products[k]);
            }
            return new ArrayBlock(products);
        }
        try (MemoryScope scope = MemoryScope.open()) {
            return block(objective.of(items).hessianVectorProduct(tensor(x), tensor(direction)));
        }
    }

    @Override
    void retain(Block block) {}

    @Override
    void free(Block block) {}

    @Override
    public long engineCalls() {
        return 0;
    }

    @Override
    public long readBacks() {
        return 0;
    }

    @Override
    public void close() {
        if (manager != null) {
            manager.close();
        }
    }
}
