package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.ArrayBlock;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.Vectors;
import java.util.Arrays;

/** Secant pairs on plain arrays: the two-loop recursion, item by item. */
final class PairsOnArrays implements SecantPairs.PairAlgebra {

    private final BatchRun run;
    private final PairRings rings;
    private Memory[] items;

    /** The pairs of one item by slot, with {@code s'y} and {@code y'y}. */
    private static final class Memory {
        final double[][] steps;
        final double[][] changes;
        final double[] products;
        final double[] squares;
        final double[] alpha;
        double stepLength;

        Memory(int capacity) {
            steps = new double[capacity][];
            changes = new double[capacity][];
            products = new double[capacity];
            squares = new double[capacity];
            alpha = new double[capacity];
        }
    }

    PairsOnArrays(BatchRun run, PairRings rings) {
        this.run = run;
        this.rings = rings;
        this.items = new Memory[rings.size()];
        for (int row = 0; row < items.length; row++) {
            items[row] = new Memory(rings.capacity());
        }
    }

    @Override
    public void store(BatchEvaluation next) {
        double[][] steps = ArrayBlock.rows(next.step());
        double[][] from = ArrayBlock.rows(run.current().gradient());
        double[][] to = ArrayBlock.rows(next.gradient());
        for (int row = 0; row < items.length; row++) {
            Memory item = items[row];
            int slot = rings.free(row);
            double[] step = steps[row];
            double[] change = Vectors.difference(to[row], from[row]);
            item.steps[slot] = step;
            item.changes[slot] = change;
            item.products[slot] = Vectors.dot(step, change);
            item.squares[slot] = Vectors.dot(change, change);
            item.stepLength = next.stepLengths()[row];
        }
    }

    @Override
    public double product(int row) {
        return items[row].products[rings.free(row)];
    }

    @Override
    public double stepLength(int row) {
        return items[row].stepLength;
    }

    @Override
    public double changeLength(int row) {
        return Math.sqrt(items[row].squares[rings.free(row)]);
    }

    @Override
    public Block descent(double[] slopes) {
        double[][] gradients = ArrayBlock.rows(run.current().gradient());
        double[][] directions = new double[gradients.length][];
        for (int row = 0; row < directions.length; row++) {
            directions[row] = descent(row, gradients[row]);
            slopes[row] = Vectors.dot(directions[row], gradients[row]);
        }
        return new ArrayBlock(directions);
    }

    private double[] descent(int row, double[] gradient) {
        int count = rings.count(row);
        double[] r = Vectors.scaled(-1, gradient);
        if (count == 0) {
            return r;
        }
        Memory item = items[row];
        for (int age = 0; age < count; age++) {
            int slot = rings.slot(row, age);
            item.alpha[age] = Vectors.dot(item.steps[slot], r) / item.products[slot];
            Vectors.add(r, -item.alpha[age], item.changes[slot]);
        }
        int newest = rings.slot(row, 0);
        Vectors.scale(r, item.products[newest] / item.squares[newest]);
        for (int age = count - 1; age >= 0; age--) {
            int slot = rings.slot(row, age);
            double beta = Vectors.dot(item.changes[slot], r) / item.products[slot];
            Vectors.add(r, item.alpha[age] - beta, item.steps[slot]);
        }
        return r;
    }

    @Override
    public void keep(RowSelection rows) {
        items = Arrays.copyOf(rows.of(items), rows.size());
    }

    @Override
    public void close() {}
}
