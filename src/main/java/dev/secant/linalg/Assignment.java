package dev.secant.linalg;

import java.util.Arrays;

/**
 * The assignment of rows to columns with the least sum of costs: the Hungarian method with potentials (Kuhn 1955; Munkres 1957; in the
 * O(n^2 m) form of Jonker and Volgenant 1987).
 */
public final class Assignment {

    private Assignment() {}

    /**
     * Assigns each row a column of its own.
     *
     * @param costs finite, {@code [n, m]} with {@code n <= m}
     * @return the column of each row, {@code [n]}
     */
    public static int[] of(double[][] costs) {
        int n = costs.length;
        int m = n == 0 ? 0 : costs[0].length;
        if (n > m) {
            throw new IllegalArgumentException("There are %d rows, but only %d columns.".formatted(n, m));
        }
        double[] rowPotential = new double[n + 1];
        double[] columnPotential = new double[m + 1];
        int[] rowOf = new int[m + 1];
        int[] previous = new int[m + 1];
        for (int row = 1; row <= n; row++) {
            rowOf[0] = row;
            int column = 0;
            double[] least = new double[m + 1];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            boolean[] done = new boolean[m + 1];
            do {
                done[column] = true;
                int current = rowOf[column];
                double delta = Double.POSITIVE_INFINITY;
                int next = 0;
                for (int j = 1; j <= m; j++) {
                    if (!done[j]) {
                        double reduced = costs[current - 1][j - 1] - rowPotential[current] - columnPotential[j];
                        if (reduced < least[j]) {
                            least[j] = reduced;
                            previous[j] = column;
                        }
                        if (least[j] < delta) {
                            delta = least[j];
                            next = j;
                        }
                    }
                }
                for (int j = 0; j <= m; j++) {
                    if (done[j]) {
                        rowPotential[rowOf[j]] += delta;
                        columnPotential[j] -= delta;
                    } else {
                        least[j] -= delta;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[previous[column]];
                column = previous[column];
            }
        }
        int[] assigned = new int[n];
        for (int j = 1; j <= m; j++) {
            if (rowOf[j] > 0) {
                assigned[rowOf[j] - 1] = j - 1;
            }
        }
        return assigned;
    }
}
