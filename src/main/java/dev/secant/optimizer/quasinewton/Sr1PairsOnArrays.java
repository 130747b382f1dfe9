package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.ArrayBlock;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.Vectors;
import java.util.Arrays;

/** SR1's pairs on plain arrays; a model's vectors are the r of {@code gamma I + sum w r r'}, each of unit length. */
final class Sr1PairsOnArrays implements Sr1Pairs {

    private final BatchRun run;
    private final PairRings rings;
    private Memory[] items;

    private static final class Memory {
        final double[][] steps;
        final double[][] changes;
        final double[] curvatures;
        final double[] changeSquares;
        double[][] vectors = {};

        Memory(int capacity) {
            steps = new double[capacity][];
            changes = new double[capacity][];
            curvatures = new double[capacity];
            changeSquares = new double[capacity];
        }
    }

    Sr1PairsOnArrays(BatchRun run, PairRings rings) {
        this.run = run;
        this.rings = rings;
        this.items = new Memory[rings.size()];
        for (int row = 0; row < items.length; row++) {
            items[row] = new Memory(rings.capacity());
        }
    }

    @Override
    public void store(int row, BatchEvaluation trials, int k) {
        Memory item = items[row];
        int slot = rings.free(row);
        double scale = 1 / trials.stepLengths()[k];
        double[] step = Vectors.scaled(scale, ArrayBlock.rows(trials.step())[k]);
        double[] change = Vectors.difference(
                ArrayBlock.rows(trials.gradient())[k],
                ArrayBlock.rows(run.current().gradient())[row]);
        Vectors.scale(change, scale);
        item.steps[slot] = step;
        item.changes[slot] = change;
        item.curvatures[slot] = Vectors.dot(step, change);
        item.changeSquares[slot] = Vectors.dot(change, change);
    }

    @Override
    public double curvature(int row, int slot) {
        return items[row].curvatures[slot];
    }

    @Override
    public double changeSquare(int row, int slot) {
        return items[row].changeSquares[slot];
    }

    @Override
    public Sr1Model model(int row, double gamma) {
        Memory item = items[row];
        int count = rings.count(row);
        double[][] vectors = new double[count][];
        double[] weights = new double[count];
        int size = 0;
        for (int age = count - 1; age >= 0; age--) {
            double[] step = item.steps[rings.slot(row, age)];
            double[] r = Vectors.combination(1, item.changes[rings.slot(row, age)], -gamma, step);
            for (int t = 0; t < size; t++) {
                Vectors.add(r, -weights[t] * Vectors.dot(vectors[t], step), vectors[t]);
            }
            double denominator = Vectors.dot(r, step);
            double norm = Math.sqrt(Vectors.dot(r, r));
            if (Sr1Model.isTelling(denominator, norm * Math.sqrt(Vectors.dot(step, step)))) {
                vectors[size] = Vectors.scaled(1 / norm, r);
                weights[size++] = norm * (norm / denominator);
            }
        }
        item.vectors = Arrays.copyOf(vectors, size);
        double[][] gram = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                gram[a][b] = Vectors.dot(vectors[a], vectors[b]);
                gram[b][a] = gram[a][b];
            }
        }
        return Sr1Model.ofTerms(gamma, gram, Arrays.copyOf(weights, size));
    }

    @Override
    public double[] slopes(int row, Sr1Model model) {
        double[] gradient = ArrayBlock.rows(run.current().gradient())[row];
        double[][] vectors = items[row].vectors;
        double[] slopes = new double[vectors.length];
        for (int t = 0; t < slopes.length; t++) {
            slopes[t] = Vectors.dot(vectors[t], gradient);
        }
        return slopes;
    }

    @Override
    public Block displacements(RowSelection rows, double[] gradientFactors, double[][] vectorFactors) {
        double[][] gradients = ArrayBlock.rows(run.current().gradient());
        double[][] displacements = new double[rows.size()][];
        for (int k = 0; k < displacements.length; k++) {
            int row = rows.indices()[k];
            double[] displacement = Vectors.scaled(gradientFactors[k], gradients[row]);
            double[][] vectors = items[row].vectors;
            for (int t = 0; t < vectors.length; t++) {
                Vectors.add(displacement, vectorFactors[k][t], vectors[t]);
            }
            displacements[k] = displacement;
        }
        return new ArrayBlock(displacements);
    }

    @Override
    public void keep(RowSelection rows) {
        items = rows.of(items);
    }

    @Override
    public void close() {}
}
