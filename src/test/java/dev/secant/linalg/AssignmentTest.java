package dev.secant.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    /** Against all assignments. */
    @Test
    void costsAsLittleAsTheBestOfAll() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            int n = random.nextInt(1, 5);
            int m = random.nextInt(n, 6);
            double[][] costs = new double[n][m];
            for (double[] row : costs) {
                for (int j = 0; j < m; j++) {
                    row[j] = random.nextDouble(-1, 1);
                }
            }
            int[] assigned = Assignment.of(costs);
            assertThat(assigned).doesNotHaveDuplicates();
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += costs[i][assigned[i]];
            }
            assertThat(sum).isCloseTo(best(costs, 0, new boolean[m]), within(1e-12));
        }
    }

    private static double best(double[][] costs, int row, boolean[] taken) {
        if (row == costs.length) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                taken[j] = true;
                least = Math.min(least, costs[row][j] + best(costs, row + 1, taken));
                taken[j] = false;
            }
        }
        return least;
    }

    @Test
    void nothingIsAssignedToNothing() {
        assertThat(Assignment.of(new double[0][])).isEmpty();
        assertThatThrownBy(() -> Assignment.of(new double[2][1])).hasMessageContaining("2 rows");
    }
}
