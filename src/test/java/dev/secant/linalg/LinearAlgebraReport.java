package dev.secant.linalg;

import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;

/**
 * Ours and EJML's on the sizes that are used: the table of ADR 8. 85 are a fit's variables, up to 40 the pairs of SR1, up to 200 a full
 * spectrum. Times are the best of many rounds in turns, so that other work on the machine shows little, and in both alike.
 *
 * <pre>{@code
 * ./mvnw -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=dev.secant.linalg.LinearAlgebraReport
 * }</pre>
 */
final class LinearAlgebraReport {

    private static final long ROUND_NANOS = 5_000_000;
    private static final long ALL_NANOS = 2_000_000_000;

    /** Jacobi's rotations take a second at 200, a minute at 1,000. */
    private static final int LARGEST_BY_JACOBI = 40;

    private LinearAlgebraReport() {}

    public static void main(String[] arguments) {
        MarkdownTable table = new MarkdownTable("microseconds", "n", "by hand", "EJML");
        for (int n : new int[] {10, 85}) {
            double[][] matrix = RandomMatrices.positiveDefinite(n, 1);
            double[] right = RandomMatrices.vector(n, 2);
            row(table, "Cholesky: factor", n, () -> Cholesky.of(matrix, 0), () -> factor(matrix));
            Cholesky ours = Cholesky.of(matrix, 0).orElseThrow();
            double[] theirs = factor(matrix);
            row(table, "Cholesky: solve", n, () -> ours.solve(right), () -> solve(theirs, right));
        }
        for (int n : new int[] {4, 10, 40, 200, 1000}) {
            double[][] matrix = RandomMatrices.positiveDefinite(n, 1);
            row(
                    table,
                    "eigenvalues",
                    n,
                    n > LARGEST_BY_JACOBI ? null : () -> JacobiEigenvalues.of(matrix),
                    () -> SymmetricEigen.values(matrix));
        }
        table.lines().forEach(System.out::println);
    }

    private static void row(MarkdownTable table, String what, int n, Runnable ours, Runnable theirs) {
        double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        long until = System.nanoTime() + ALL_NANOS;
        do {
            best[0] = Math.min(best[0], ours == null ? Double.POSITIVE_INFINITY : microseconds(ours));
            best[1] = Math.min(best[1], microseconds(theirs));
        } while (System.nanoTime() < until);
        table.row(what, Integer.toString(n), NumberFormats.format(best[0]), NumberFormats.format(best[1]));
    }

    private static double microseconds(Runnable part) {
        long before = System.nanoTime();
        long spent = 0;
        int count = 0;
        while (spent < ROUND_NANOS) {
            part.run();
            count++;
            spent = System.nanoTime() - before;
        }
        return 1e-3 * spent / count;
    }

    private static double[] factor(double[][] matrix) {
        CholeskyDecompositionInner_DDRM cholesky = new CholeskyDecompositionInner_DDRM(true);
        if (!cholesky.decompose(new DMatrixRMaj(matrix))) {
            throw new IllegalStateException("The matrix is not positive definite.");
        }
        return cholesky.getT().getData();
    }

    private static void solve(double[] factor, double[] right) {
        double[] x = right.clone();
        TriangularSolver_DDRM.solveL(factor, x, x.length);
        TriangularSolver_DDRM.solveTranL(factor, x, x.length);
    }
}
