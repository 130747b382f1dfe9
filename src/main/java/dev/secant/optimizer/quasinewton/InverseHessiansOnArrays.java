package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.ArrayBlock;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.Vectors;

/** Whole inverse Hessians on plain arrays. */
final class InverseHessiansOnArrays implements Bfgs.InverseHessians {

    private final BatchRun run;
    private final int n;
    /** One an item, row by row; null is the identity. */
    private double[][][] matrices;

    private double[][] mapped = {};

    InverseHessiansOnArrays(BatchRun run) {
        this.run = run;
        this.n = run.space().dimension();
        this.matrices = new double[run.size()][][];
    }

    @Override
    public void measure(BatchEvaluation trials) {}

    @Override
    public double[][] products(BatchEvaluation next) {
        double[][] steps = ArrayBlock.rows(next.step());
        double[][] from = ArrayBlock.rows(run.current().gradient());
        double[][] to = ArrayBlock.rows(next.gradient());
        mapped = new double[steps.length][];
        double[][] products = new double[steps.length][];
        for (int row = 0; row < products.length; row++) {
            double[] s = steps[row];
            double[] g = to[row];
            double[] y = Vectors.difference(g, from[row]);
            mapped[row] = times(row, y);
            products[row] = new double[] {
                Vectors.dot(s, s),
                Vectors.dot(s, y),
                Vectors.dot(y, y),
                Vectors.dot(y, mapped[row]),
                Vectors.dot(s, g),
                Vectors.dot(mapped[row], g),
                Vectors.dot(g, times(row, g))
            };
        }
        return products;
    }

    @SuppressWarnings("NullAway") // rows of the identity are null
    private double[] times(int row, double[] vector) {
        double[][] matrix = matrices[row];
        if (matrix == null) {
            return vector;
        }
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            product[i] = Vectors.dot(matrix[i], vector);
        }
        return product;
    }

    @Override
    public void update(BatchEvaluation next, double[][] factors) {
        double[][] steps = ArrayBlock.rows(next.step());
        for (int row = 0; row < factors.length; row++) {
            double[] f = factors[row];
            if (f[1] != 0) {
                update(matrix(row), f, steps[row], mapped[row]);
            }
        }
    }

    private static void update(double[][] matrix, double[] f, double[] s, double[] by) {
        for (int i = 0; i < s.length; i++) {
            double[] into = matrix[i];
            double withStep = f[1] * s[i] + f[2] * by[i];
            double withMapped = f[2] * s[i];
            for (int j = 0; j < s.length; j++) {
                into[j] = f[0] * into[j] + withStep * s[j] + withMapped * by[j];
            }
        }
    }

    @SuppressWarnings("NullAway") // rows of the identity are null
    private double[][] matrix(int row) {
        if (matrices[row] == null) {
            matrices[row] = new double[n][n];
            for (int i = 0; i < n; i++) {
                matrices[row][i][i] = 1;
            }
        }
        return matrices[row];
    }

    @Override
    public Block descent() {
        double[][] gradients = ArrayBlock.rows(run.current().gradient());
        double[][] directions = new double[gradients.length][];
        for (int row = 0; row < directions.length; row++) {
            directions[row] = Vectors.scaled(-1, times(row, gradients[row]));
        }
        return new ArrayBlock(directions);
    }

    @Override
    @SuppressWarnings("NullAway") // rows of the identity are null
    public void reset(int row) {
        matrices[row] = null;
    }

    @Override
    public void keep(RowSelection rows) {
        matrices = rows.of(matrices);
    }

    @Override
    public void close() {}
}
