package dev.secant.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 10, 40, 85})
    void agreesWithJacobisRotations(int n) {
        double[][] matrix = RandomMatrices.symmetric(n, n);
        double[] expected = JacobiEigenvalues.of(matrix);
        assertThat(SymmetricEigen.values(matrix)).containsExactly(expected, within(1e-12 * n));
        SymmetricEigen eigen = SymmetricEigen.of(matrix);
        for (int k = 0; k < n; k++) {
            assertThat(eigen.value(k)).isCloseTo(expected[k], within(1e-12 * n));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 40})
    void eigenvectorsAreOrthonormalAndGiveTheMatrixBack(int n) {
        double[][] matrix = RandomMatrices.symmetric(n, 7);
        SymmetricEigen eigen = SymmetricEigen.of(matrix);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double product = 0;
                double restored = 0;
                for (int k = 0; k < n; k++) {
                    product += eigen.vector(k, i) * eigen.vector(k, j);
                    restored += eigen.vector(i, k) * eigen.value(k) * eigen.vector(j, k);
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-12));
                assertThat(restored).isCloseTo(matrix[i][j], within(1e-12 * n));
            }
        }
    }

    /** The second difference's eigenvalues are known: {@code 2 - 2 cos(k pi / (n + 1))}. */
    @Test
    void theSecondDifferenceOfAThousandPoints() {
        int n = 1000;
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = 2;
            if (i > 0) {
                matrix[i][i - 1] = -1;
                matrix[i - 1][i] = -1;
            }
        }
        double[] values = SymmetricEigen.values(matrix);
        for (int k = 0; k < n; k++) {
            assertThat(values[k]).isCloseTo(2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1)), within(1e-12));
        }
    }

    @Test
    void onlyTheSymmetricPartCounts() {
        double[][] skewed = {{1, 5}, {-1, 3}};
        assertThat(SymmetricEigen.values(skewed))
                .containsExactly(SymmetricEigen.values(new double[][] {{1, 2}, {2, 3}}));
        assertThat(skewed).isDeepEqualTo(new double[][] {{1, 5}, {-1, 3}});
    }

    @Test
    void zeroAndNothingAreMatricesToo() {
        assertThat(SymmetricEigen.values(new double[3][3])).containsExactly(0, 0, 0);
        assertThat(SymmetricEigen.of(new double[0][0]).size()).isZero();
        assertThat(SymmetricEigen.values(new double[0][0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNotFiniteHasNoEigenvalues(double entry) {
        double[][] matrix = {{1, entry}, {entry, 1}};
        assertThat(SymmetricEigen.values(matrix)).containsExactly(Double.NaN, Double.NaN);
        assertThat(SymmetricEigen.of(matrix).vector(0, 1)).isNaN();
    }
}
