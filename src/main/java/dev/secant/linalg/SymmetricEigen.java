package dev.secant.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to tridiagonal form, then the implicit QR
 * algorithm, by EJML (Golub and Van Loan, Matrix Computations, 4th ed. 2013, section 8.3). {@code O(n^3)}.
 *
 * <p>Errors of eigenvalues are of the size of rounding times the largest one: small eigenvalues of a badly scaled matrix have
 * fewer digits. Immutable; computed in the calling thread.
 */
public final class SymmetricEigen {

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes a matrix.
     *
     * @param matrix {@code [n][n]}, n may be 0; only its symmetric part counts; unchanged
     * @return its decomposition; all eigenvalues and eigenvectors NaN where an entry is not finite
     */
    public static SymmetricEigen of(double[][] matrix) {
        int n = matrix.length;
        SymmetricQRAlgorithmDecomposition_DDRM solver = decompose(matrix, true);
        double[] values = new double[n];
        double[][] vectors = new double[n][n];
        if (solver == null) {
            Arrays.fill(values, Double.NaN);
            Arrays.stream(vectors).forEach(vector -> Arrays.fill(vector, Double.NaN));
            return new SymmetricEigen(values, vectors);
        }
        int[] ascending = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> solver.getEigenvalue(k).getReal()))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int k = 0; k < n; k++) {
            values[k] = solver.getEigenvalue(ascending[k]).getReal();
            vectors[k] = solver.getEigenVector(ascending[k]).getData();
        }
        return new SymmetricEigen(values, vectors);
    }

    /**
     * The eigenvalues alone, at about a third of the cost.
     *
     * @param matrix as in {@link #of}
     * @return {@code [n]}, ascending; all NaN where an entry is not finite
     */
    public static double[] values(double[][] matrix) {
        double[] values = new double[matrix.length];
        SymmetricQRAlgorithmDecomposition_DDRM solver = decompose(matrix, false);
        Arrays.setAll(
                values,
                k -> solver == null ? Double.NaN : solver.getEigenvalue(k).getReal());
        Arrays.sort(values);
        return values;
    }

    /** Null where an entry is not finite. */
    private static @Nullable SymmetricQRAlgorithmDecomposition_DDRM decompose(double[][] matrix, boolean vectors) {
        int n = matrix.length;
        double[] symmetric = new double[n * n];
        boolean finite = true;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                symmetric[i * n + j] = 0.5 * (matrix[i][j] + matrix[j][i]);
                finite &= Double.isFinite(symmetric[i * n + j]);
            }
        }
        // Named here rather than by EJML's factory, which takes to other threads where a matrix is large.
        SymmetricQRAlgorithmDecomposition_DDRM solver =
                new SymmetricQRAlgorithmDecomposition_DDRM(new TridiagonalDecompositionHouseholder_DDRM(), vectors);
        return finite && (n == 0 || solver.decompose(DMatrixRMaj.wrap(n, n, symmetric))) ? solver : null;
    }

    /** n. */
    public int size() {
        return values.length;
    }

    /** The k-th eigenvalue, the least first. */
    public double value(int k) {
        return values[k];
    }

    /** Component i of the k-th unit eigenvector. */
    public double vector(int i, int k) {
        return vectors[k][i];
    }
}
