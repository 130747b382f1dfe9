package dev.secant.optimizer.amortized;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.vectors.ArrayBlock;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.Vectors;

/** Corrections on plain arrays, item by item. */
final class CorrectionsOnArrays extends Corrections {

    private double[][][] vectors;

    CorrectionsOnArrays(int size, int memory) {
        super(size, memory);
        vectors = new double[size][memory][];
    }

    @Override
    void put(Block r, double[] scales, int[] slots) {
        double[][] rows = ArrayBlock.rows(r);
        for (int row = 0; row < slots.length; row++) {
            if (scales[row] != 0) {
                vectors[row][slots[row]] = Vectors.scaled(scales[row], rows[row]);
            }
        }
    }

    @Override
    Block add(Block base, Block y, RowSelection rows) {
        double[][] from = ArrayBlock.rows(base);
        double[][] right = ArrayBlock.rows(y);
        double[][] sums = new double[from.length][];
        for (int k = 0; k < sums.length; k++) {
            int row = rows.indices()[k];
            sums[k] = from[k].clone();
            double[] signs = signs(row);
            for (int slot = 0; slot < signs.length; slot++) {
                if (signs[slot] != 0) {
                    double[] v = vectors[row][slot];
                    Vectors.add(sums[k], signs[slot] * Vectors.dot(v, right[k]), v);
                }
            }
        }
        return new ArrayBlock(sums);
    }

    @Override
    void keep(RowSelection rows) {
        super.keep(rows);
        vectors = rows.of(vectors);
    }

    @Override
    public void close() {
        // Nothing to free.
    }
}
