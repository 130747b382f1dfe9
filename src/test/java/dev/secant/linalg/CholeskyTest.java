package dev.secant.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 85})
    void solvesAsEjmlDoes(int n) {
        double[][] matrix = RandomMatrices.positiveDefinite(n, 3);
        double[] right = RandomMatrices.vector(n, 4);
        DMatrixRMaj expected = new DMatrixRMaj(n, 1);
        CommonOps_DDRM.solve(new DMatrixRMaj(matrix), DMatrixRMaj.wrap(n, 1, right.clone()), expected);
        double[] x = Cholesky.of(matrix, 0).orElseThrow().solve(right);
        assertThat(x).containsExactly(expected.getData(), within(1e-10));
    }

    @Test
    void theShiftIsTakenFromTheDiagonal() {
        double[][] matrix = {{3, 1}, {1, 3}};
        assertThat(Cholesky.of(matrix, 1).orElseThrow().solve(new double[] {3, 3}))
                .containsExactly(new double[] {1, 1}, within(1e-15));
        assertThat(Cholesky.of(matrix, 2.5)).isEmpty();
    }

    @Test
    void whatIsNotPositiveDefiniteHasNoFactor() {
        assertThat(Cholesky.of(new double[][] {{1, 2}, {2, 1}}, 0)).isEmpty();
        assertThat(Cholesky.of(new double[][] {{0}}, 0)).isEmpty();
        assertThat(Cholesky.of(new double[][] {{Double.NaN}}, 0)).isEmpty();
    }
}
