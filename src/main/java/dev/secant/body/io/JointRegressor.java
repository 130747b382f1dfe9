package dev.secant.body.io;

import java.util.Arrays;

/**
 * SMPL's joint regressor: joints as weighted sums of rest vertices, kept sparse.
 *
 * @param rows where the entries of each joint start, {@code [J + 1]}
 * @param vertices vertex indices, by joint
 * @param weights one an entry
 */
record JointRegressor(int[] rows, int[] vertices, double[] weights) {

    /** @param dense {@code [J, V]} */
    static JointRegressor of(double[] dense, int joints) {
        int vertexCount = dense.length / joints;
        int[] rows = new int[joints + 1];
        int[] vertices = new int[dense.length];
        double[] weights = new double[dense.length];
        int count = 0;
        for (int j = 0; j < joints; j++) {
            for (int v = 0; v < vertexCount; v++) {
                double weight = dense[j * vertexCount + v];
                if (weight != 0) {
                    vertices[count] = v;
                    weights[count] = weight;
                    count++;
                }
            }
            rows[j + 1] = count;
        }
        return new JointRegressor(rows, Arrays.copyOf(vertices, count), Arrays.copyOf(weights, count));
    }

    /**
     * From compressed sparse columns (SciPy's csc_matrix).
     *
     * @param columnStarts {@code [V + 1]}
     * @param rowIndices joints, by column
     * @param data one a row index
     */
    static JointRegressor ofColumns(int[] columnStarts, int[] rowIndices, double[] data, int joints) {
        int[] rows = new int[joints + 1];
        for (int joint : rowIndices) {
            rows[joint + 1]++;
        }
        for (int j = 0; j < joints; j++) {
            rows[j + 1] += rows[j];
        }
        int[] next = Arrays.copyOf(rows, joints);
        int[] vertices = new int[data.length];
        double[] weights = new double[data.length];
        for (int v = 0; v + 1 < columnStarts.length; v++) {
            for (int entry = columnStarts[v]; entry < columnStarts[v + 1]; entry++) {
                int slot = next[rowIndices[entry]]++;
                vertices[slot] = v;
                weights[slot] = data[entry];
            }
        }
        return new JointRegressor(rows, vertices, weights);
    }

    /** The regressor of some of the joints, in the order given. */
    JointRegressor select(int[] joints) {
        int[] starts = new int[joints.length + 1];
        for (int j = 0; j < joints.length; j++) {
            starts[j + 1] = starts[j] + rows[joints[j] + 1] - rows[joints[j]];
        }
        int[] chosenVertices = new int[starts[joints.length]];
        double[] chosenWeights = new double[starts[joints.length]];
        for (int j = 0; j < joints.length; j++) {
            int from = rows[joints[j]];
            int length = starts[j + 1] - starts[j];
            System.arraycopy(vertices, from, chosenVertices, starts[j], length);
            System.arraycopy(weights, from, chosenWeights, starts[j], length);
        }
        return new JointRegressor(starts, chosenVertices, chosenWeights);
    }

    /**
     * Applied to each column of a vertex quantity.
     *
     * @param values {@code [V, width]}
     * @return {@code [J, width]}
     */
    double[] apply(double[] values, int width) {
        int joints = rows.length - 1;
        double[] result = new double[joints * width];
        for (int j = 0; j < joints; j++) {
            for (int entry = rows[j]; entry < rows[j + 1]; entry++) {
                for (int c = 0; c < width; c++) {
                    result[j * width + c] += weights[entry] * values[vertices[entry] * width + c];
                }
            }
        }
        return result;
    }
}
