package dev.secant.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandedCholeskyTest {

    /** Against the dense factorization. */
    @ParameterizedTest
    @CsvSource({"1, 0", "7, 0", "9, 2", "12, 11", "40, 5"})
    void solvesAsTheDenseOneDoes(int size, int band) {
        SplittableRandom random = new SplittableRandom(size);
        double[][] dense = new double[size][size];
        BandedCholesky banded = new BandedCholesky(size, band);
        for (int row = 0; row < size; row++) {
            for (int column = Math.max(0, row - band); column <= row; column++) {
                double value = row == column ? 2 * band + 2 : random.nextDouble(-1, 1);
                dense[row][column] = value;
                banded.add(row, column, 0.25 * value);
                banded.add(row, column, 0.75 * value);
            }
        }
        double[] right = new double[2 * size];
        double[][] sides = new double[2][size];
        for (int i = 0; i < right.length; i++) {
            right[i] = random.nextDouble(-1, 1);
            sides[i % 2][i / 2] = right[i];
        }
        assertThat(banded.factor()).isTrue();
        banded.solve(right, 2);
        for (int side = 0; side < 2; side++) {
            double[] expected = Cholesky.of(dense, 0).orElseThrow().solve(sides[side]);
            for (int i = 0; i < size; i++) {
                assertThat(right[2 * i + side]).isCloseTo(expected[i], within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "1, 2"})
    void saysWhatIsNotPositiveDefinite(double diagonal, double beside) {
        BandedCholesky matrix = new BandedCholesky(2, 1);
        matrix.add(0, 0, diagonal);
        matrix.add(1, 1, diagonal);
        matrix.add(1, 0, beside);
        assertThat(matrix.factor()).isFalse();
    }
}
