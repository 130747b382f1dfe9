package dev.secant.optimizer.quasinewton;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.OwnedArray;
import dev.secant.optimizer.batch.TensorBlock;
import dev.secant.optimizer.batch.TensorSpace;
import dev.secant.tensor.Tensors;

/**
 * Secant pairs on tensors: rows of one array W {@code [A, 2c, n]}, c slots of steps and then c of changes. Their Gram matrix and {@code W g}
 * live on the JVM, where the two-loop recursion runs on coefficients in double precision; so a step costs a fixed number of tensor
 * operations, whatever m is (Chen, Wang and Zhou, Large-scale L-BFGS using MapReduce, NIPS 2014).
 *
 * <p>What a pair adds to the Gram matrix is read back with the trial that makes it. Pairs are stored divided by {@code ||s||}, which changes
 * no secant equation and keeps float32 products in range.
 */
final class PairsOnTensors implements SecantPairs.PairAlgebra {

    /** Products of the pair and the gradient with each other. */
    private static final int INNER = 9;

    private final BatchRun run;
    private final TensorSpace space;
    private final PairRings rings;
    private final int capacity;
    private final OwnedArray vectors = new OwnedArray();
    private Item[] items;

    /** The scalars of one item. */
    private static final class Item {
        /** Products of the vectors with each other, by slot; changes follow the steps. */
        final double[][] gram;

        final double[] gradientProducts;
        final double[] alpha;
        final double[] beta;

        Item(int capacity) {
            this.gram = new double[2 * capacity][2 * capacity];
            this.gradientProducts = new double[2 * capacity];
            this.alpha = new double[capacity];
            this.beta = new double[capacity];
        }
    }

    PairsOnTensors(BatchRun run, PairRings rings) {
        this.run = run;
        this.space = (TensorSpace) run.space();
        this.rings = rings;
        this.capacity = rings.capacity();
        this.items = new Item[rings.size()];
        for (int row = 0; row < items.length; row++) {
            items[row] = new Item(capacity);
        }
        Shape shape = new Shape(items.length, 2L * capacity, space.dimension());
        vectors.set(space.manager().zeros(shape, space.type()));
    }

    @Override
    public void measure(BatchEvaluation trials) {
        RowSelection rows = trials.rows();
        NDArray step = TensorBlock.array(trials.step());
        NDArray gradient = TensorBlock.array(trials.gradient());
        NDArray before = TensorBlock.array(space.gather(run.current().gradient(), rows));
        NDArray all = rows.isAll() ? vectors.get() : space.gather(vectors.get(), rows.indices());
        space.count(14);
        NDArray length = step.toType(DataType.FLOAT64, false).norm(new int[] {1}, true);
        // A step that was rounded away has no pair: its zeros are divided by something else.
        NDArray divisor =
                length.add(length.eq(0).toType(DataType.FLOAT64, false)).toType(space.type(), false);
        NDArray scaledStep = step.div(divisor);
        NDArray scaledChange = gradient.sub(before).div(divisor);
        // Rows times W transposed: more than twice as fast as W times columns, which are not contiguous.
        NDArray three = NDArrays.stack(new NDList(scaledStep, scaledChange, gradient), 1); // [k, 3, n]
        NDArray products = three.batchMatMul(all.swapAxes(1, 2)).toType(DataType.FLOAT64, false); // [k, 3, 2c]
        NDArray inner = space.gram(scaledStep, scaledChange, gradient); // [k, 3, 3]
        trials.measure(
                space.ask(inner.reshape(rows.size(), INNER).concat(products.reshape(rows.size(), 6L * capacity), 1)));
        trials.accompany(new TensorBlock(scaledStep), new TensorBlock(scaledChange));
    }

    @Override
    public void store(BatchEvaluation next) {
        int size = items.length;
        long[] places = new long[2 * size];
        for (int row = 0; row < size; row++) {
            int slot = rings.free(row);
            places[row] = 2L * capacity * row + slot;
            places[size + row] = 2L * capacity * row + capacity + slot;
            store(items[row], slot, next.measured(row));
        }
        space.count(6);
        NDArray pairs =
                NDArrays.concat(new NDList(TensorBlock.array(next.companion(0)), TensorBlock.array(next.companion(1))));
        NDArray flat = vectors.get().reshape(-1, space.dimension());
        flat.set(new NDIndex("{}", Tensors.of(space.manager(), places)), pairs);
    }

    /** @param measured products of (s, y, g) with each other, and then of each with all that was stored before */
    private void store(Item item, int slot, double[] measured) {
        int width = 2 * capacity;
        for (int i = 0; i < width; i++) {
            double withStep = measured[INNER + i];
            double withChange = measured[INNER + width + i];
            item.gram[i][slot] = withStep;
            item.gram[slot][i] = withStep;
            item.gram[i][capacity + slot] = withChange;
            item.gram[capacity + slot][i] = withChange;
            item.gradientProducts[i] = measured[INNER + 2 * width + i];
        }
        item.gram[slot][slot] = measured[0];
        item.gram[slot][capacity + slot] = measured[1];
        item.gram[capacity + slot][slot] = measured[1];
        item.gram[capacity + slot][capacity + slot] = measured[4];
        item.gradientProducts[slot] = measured[2];
        item.gradientProducts[capacity + slot] = measured[5];
    }

    @Override
    public double product(int row) {
        int slot = rings.free(row);
        return items[row].gram[slot][capacity + slot];
    }

    @Override
    public double stepLength(int row) {
        int slot = rings.free(row);
        return Math.sqrt(items[row].gram[slot][slot]);
    }

    @Override
    public double changeLength(int row) {
        int slot = rings.free(row) + capacity;
        return Math.sqrt(items[row].gram[slot][slot]);
    }

    @Override
    public Block descent(double[] slopes) {
        int size = items.length;
        double[] gradientFactors = new double[size];
        double[] coefficients = new double[size * 2 * capacity];
        for (int row = 0; row < size; row++) {
            double[] c = new double[2 * capacity];
            double factor = recursion(row, c);
            double norm = run.current().gradientNorms()[row];
            double slope = factor * norm * norm;
            for (int age = 0; age < rings.count(row); age++) {
                int i = rings.slot(row, age);
                slope += c[i] * items[row].gradientProducts[i]
                        + c[capacity + i] * items[row].gradientProducts[capacity + i];
            }
            slopes[row] = slope;
            gradientFactors[row] = factor;
            System.arraycopy(c, 0, coefficients, row * 2 * capacity, 2 * capacity);
        }
        space.count(4);
        NDArray part = TensorBlock.array(run.current().gradient()).mul(space.column(gradientFactors));
        NDArray c = space.upload(coefficients, size, 1, 2L * capacity);
        return new TensorBlock(c.batchMatMul(vectors.get()).squeeze(1).add(part));
    }

    /**
     * {@code -B g} in coefficients.
     *
     * @param c set to the coefficients of the steps and changes
     * @return the coefficient of the gradient
     */
    private double recursion(int row, double[] c) {
        int count = rings.count(row);
        if (count == 0) {
            return -1;
        }
        Item item = items[row];
        double[][] gram = item.gram;
        for (int a = 0; a < count; a++) {
            int i = rings.slot(row, a);
            double product = item.gradientProducts[i];
            for (int b = 0; b < a; b++) {
                product -= item.alpha[b] * gram[i][capacity + rings.slot(row, b)];
            }
            item.alpha[a] = product / gram[i][capacity + i];
        }
        int newest = rings.slot(row, 0);
        double gamma = gram[newest][capacity + newest] / gram[capacity + newest][capacity + newest];
        for (int a = count - 1; a >= 0; a--) {
            int i = rings.slot(row, a);
            double product = item.gradientProducts[capacity + i];
            for (int b = 0; b < count; b++) {
                product -= item.alpha[b] * gram[capacity + i][capacity + rings.slot(row, b)];
            }
            product *= gamma;
            for (int b = count - 1; b > a; b--) {
                int j = rings.slot(row, b);
                product += item.beta[b] * gram[j][capacity + i];
            }
            item.beta[a] = item.alpha[a] - product / gram[i][capacity + i];
        }
        for (int a = 0; a < count; a++) {
            int i = rings.slot(row, a);
            c[i] = -item.beta[a];
            c[capacity + i] = gamma * item.alpha[a];
        }
        return -gamma;
    }

    @Override
    public void keep(RowSelection rows) {
        if (!rows.isAll()) {
            vectors.set(space.gather(vectors.get(), rows.indices()));
            items = rows.of(items);
        }
    }

    @Override
    public void close() {
        vectors.close();
    }
}
