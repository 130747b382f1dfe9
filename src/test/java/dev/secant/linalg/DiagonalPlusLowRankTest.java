package dev.secant.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against Cholesky's factorization of the whole matrix, in double precision. */
class DiagonalPlusLowRankTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1",
        "2, 1, 1",
        "5, 2, 1",
        "9, 3, 1",
        "85, 46, 1",
        "85, 54, 1",
        "85, 46, 10",
        "85, 51, 10",
        "12, 30, 1"
    })
    void solvesAsCholeskyDoes(int n, int m, double scale) {
        SplittableRandom random = new SplittableRandom(n + m);
        float[] diagonal = new float[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = (float) Math.exp(random.nextGaussian());
        }
        float[][] rows = new float[m][n];
        for (float[] row : rows) {
            for (int i = 0; i < n; i++) {
                row[i] = (float) (scale * random.nextGaussian());
            }
        }
        double[] right = RandomMatrices.vector(n, 3);
        double[] expected = Cholesky.of(matrix(diagonal, rows), 0).orElseThrow().solve(right);
        DiagonalPlusLowRank factored = DiagonalPlusLowRank.of(diagonal, rows).orElseThrow();
        double[] before = right.clone();
        assertThat(factored.size()).isEqualTo(n);
        double largest = 0;
        for (double component : expected) {
            largest = Math.max(largest, Math.abs(component));
        }
        assertThat(factored.solve(right)).containsExactly(expected, within(2e-5 * scale * largest));
        assertThat(right).containsExactly(before);
    }

    private static double[][] matrix(float[] diagonal, float[][] rows) {
        int n = diagonal.length;
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = diagonal[i];
            for (int k = 0; k < n; k++) {
                for (float[] row : rows) {
                    matrix[i][k] += (double) row[i] * row[k];
                }
            }
        }
        return matrix;
    }

    @Test
    void whatIsNotPositiveDefiniteOrNotFiniteHasNoFactor() {
        float[][] row = {{1, 2}};
        assertThat(DiagonalPlusLowRank.of(new float[] {1, 0}, row)).isEmpty();
        assertThat(DiagonalPlusLowRank.of(new float[] {1, -1}, row)).isEmpty();
        assertThat(DiagonalPlusLowRank.of(new float[] {1, Float.NaN}, row)).isEmpty();
        assertThat(DiagonalPlusLowRank.of(new float[] {1, 1}, new float[][] {{1, Float.NaN}}))
                .isEmpty();
        assertThat(DiagonalPlusLowRank.of(new float[] {1, 1}, new float[][] {{1, 1}, {1e30f, 1e30f}}))
                .isEmpty();
    }
}
