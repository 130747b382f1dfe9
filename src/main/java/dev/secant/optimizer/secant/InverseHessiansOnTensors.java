package dev.secant.optimizer.secant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.quasinewton.PairRings;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The inverse Hessians of a batch on tensors (section 2.3 of docs/methods/secant.md), in the compact form of the two-loop recursion (Byrd,
 * Nocedal and Schnabel, Math. Programming 63, 1994, theorem 2.2): with the pairs as rows of S and Y, {@code R} the upper triangle of {@code S
 * Y'} by age, D its diagonal, and {@code p = R^-1 S g}, {@code u = g - Y'p}, {@code z = gamma B0 u},
 *
 * <pre>{@code B g = z + S' R^-T (D p - Y z)}</pre>
 *
 * <p>R is small and lives on the JVM, so its inverse is uploaded; all else is a fixed number of operations for the whole batch, and nothing
 * is read back.
 */
final class InverseHessiansOnTensors implements AutoCloseable {

    private final RowTensors tensors;
    private final PairRings rings;
    private final int capacity;
    private final LearnedInitialOnTensors initial;
    private final RowTensors.Held steps;
    private final RowTensors.Held changes;
    /** Products of each item's steps (rows) and changes, by slot. */
    private double[][][] products;

    private @Nullable Factors factors;

    /**
     * What products with some rows' matrices need, valid until a pair is stored.
     *
     * @param s {@code [k, c, n]}
     * @param y {@code [k, c, n]}
     * @param inverse of R, by slot, {@code [k, c, c]}; zero in slots that hold no pair
     * @param diagonal D, {@code [k, 1, c]}
     * @param newest a one in the newest slot, {@code [k, 1, c]}
     * @param curvature {@code p'q} of the newest pair, {@code [k, 1, 1]}
     * @param known rows that have a pair
     */
    private record Factors(
            RowSelection rows,
            NDArray s,
            NDArray y,
            NDArray inverse,
            NDArray diagonal,
            NDArray newest,
            NDArray curvature,
            boolean[] known) {}

    InverseHessiansOnTensors(RowTensors tensors, PairRings rings, LearnedInitialOnTensors initial) {
        this.tensors = tensors;
        this.rings = rings;
        this.capacity = rings.capacity();
        this.initial = initial;
        this.steps = tensors.zeros(rings.size(), capacity, tensors.dimension());
        this.changes = tensors.zeros(rings.size(), capacity, tensors.dimension());
        this.products = new double[rings.size()][capacity][capacity];
    }

    /** Products of vectors {@code [k, r, n]} with the stored steps, {@code [k, r, c]}. */
    NDArray withSteps(RowSelection rows, NDArray vectors) {
        tensors.count(2);
        return vectors.batchMatMul(steps.at(rows).swapAxes(1, 2));
    }

    /** Sets a product of a stored step and the change in a slot. */
    void setProduct(int row, int stepSlot, int changeSlot, double product) {
        products[row][stepSlot][changeSlot] = product;
    }

    /** Stores the pairs of some of the rows, and learns from them whatever their curvature. */
    void store(
            RowCommand[] commands,
            RowSelection rows,
            NDArray line,
            NDArray lineChange,
            NDArray move,
            NDArray moveChange) {
        int size = rows.size();
        boolean[] stores = new boolean[size];
        boolean[] ofTheLine = new boolean[size];
        double[] units = new double[size];
        int[] places = new int[size];
        long[] targets = new long[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            RowCommand command = commands[rows.indices()[k]];
            stores[k] = command.stores;
            ofTheLine[k] = command.ofTheLine;
            units[k] = command.unit;
            if (command.stores) {
                places[count] = k;
                targets[count++] = (long) capacity * rows.indices()[k] + command.slot;
            }
        }
        if (count > 0) {
            NDArray pairSteps = tensors.where(ofTheLine, line, move);
            NDArray pairChanges = tensors.where(ofTheLine, lineChange, moveChange);
            write(pairSteps, pairChanges, Arrays.copyOf(places, count), Arrays.copyOf(targets, count));
            initial.learn(rows, pairSteps, pairChanges, stores, units);
        }
    }

    private void write(NDArray pairSteps, NDArray pairChanges, int[] places, long[] targets) {
        factors = null;
        tensors.count(5);
        NDIndex at = new NDIndex("{}", Tensors.of(pairSteps.getManager(), targets));
        int n = tensors.dimension();
        steps.whole().reshape(-1, n).set(at, tensors.gather(pairSteps, places));
        changes.whole().reshape(-1, n).set(at, tensors.gather(pairChanges, places));
    }

    /** Forgets what was prepared for a step's products. */
    void endRound() {
        factors = null;
    }

    private Factors factors(RowSelection rows) {
        Factors last = factors;
        if (last != null && last.rows.equals(rows)) {
            return last;
        }
        int size = rows.size();
        double[] inverse = new double[size * capacity * capacity];
        double[] diagonal = new double[size * capacity];
        double[] newest = new double[size * capacity];
        double[] curvature = new double[size];
        boolean[] known = new boolean[size];
        for (int k = 0; k < size; k++) {
            int row = rows.indices()[k];
            invert(row, inverse, k * capacity * capacity);
            for (int age = rings.count(row) - 1; age >= 0; age--) {
                int slot = rings.slot(row, age);
                known[k] = true;
                diagonal[k * capacity + slot] = products[row][slot][slot];
                newest[k * capacity + slot] = age == 0 ? 1 : 0;
                curvature[k] = products[row][slot][slot];
            }
        }
        Factors made = new Factors(
                rows,
                steps.at(rows),
                changes.at(rows),
                tensors.upload(inverse, size, capacity, capacity),
                tensors.upload(diagonal, size, 1, capacity),
                tensors.upload(newest, size, 1, capacity),
                tensors.upload(curvature, size, 1, 1),
                known);
        factors = made;
        return made;
    }

    /** The inverse of a row's R by columns, each solved from its diagonal up. */
    private void invert(int row, double[] inverse, int at) {
        int count = rings.count(row);
        double[][] r = products[row];
        for (int age = 0; age < count; age++) {
            int column = rings.slot(row, age);
            inverse[at + column * capacity + column] = 1 / r[column][column];
            for (int older = age + 1; older < count; older++) {
                int i = rings.slot(row, older);
                double sum = 0;
                for (int between = age; between < older; between++) {
                    int j = rings.slot(row, between);
                    sum += r[i][j] * inverse[at + j * capacity + column];
                }
                inverse[at + i * capacity + column] = -sum / r[i][i];
            }
        }
    }

    /**
     * B times vectors; the vectors themselves in rows without a pair.
     *
     * @param vectors {@code [k, r, n]}
     */
    NDArray times(RowSelection rows, NDArray vectors) {
        Factors f = factors(rows);
        int size = rows.size();
        tensors.count(22);
        NDArray p = vectors.batchMatMul(f.s.swapAxes(1, 2)).batchMatMul(f.inverse.swapAxes(1, 2)); // [k, r, c]
        NDArray u = vectors.sub(p.batchMatMul(f.y));
        NDArray newest = f.newest.batchMatMul(f.y); // [k, 1, n]
        NDArray mapped = initial.times(rows, NDArrays.concat(new NDList(u, newest), 1)); // [k, r + 1, n]
        long r = vectors.getShape().get(1);
        NDArray mappedNewest = mapped.get(new NDIndex(":, " + r + ":"));
        NDArray gamma = f.curvature.div(newest.mul(mappedNewest).sum(new int[] {2}, true));
        NDArray z = mapped.get(new NDIndex(":, :" + r)).mul(gamma);
        NDArray c = p.mul(f.diagonal).sub(z.batchMatMul(f.y.swapAxes(1, 2))).batchMatMul(f.inverse);
        NDArray product = z.add(c.batchMatMul(f.s));
        NDArray flat = tensors.where(f.known, product.reshape(size, -1), vectors.reshape(size, -1));
        return flat.reshape(vectors.getShape());
    }

    void keep(RowSelection rows) {
        factors = null;
        steps.keep(rows);
        changes.keep(rows);
        products = rows.of(products);
    }

    @Override
    public void close() {
        steps.close();
        changes.close();
    }
}
