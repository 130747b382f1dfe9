package dev.secant.body.io;

import dev.secant.body.Skin;

/** From a dense matrix of skin weights to the few influences that are there. */
final class SkinThinning {

    private SkinThinning() {}

    /**
     * Loses nothing: K is the largest number of non-zero weights in a row; rows are scaled to sum to 1.
     *
     * @param dense {@code [V, J]}
     */
    static Skin of(double[] dense, int vertices, int joints) {
        int influences = 1;
        for (int v = 0; v < vertices; v++) {
            int count = 0;
            for (int j = 0; j < joints; j++) {
                count += dense[v * joints + j] > 0 ? 1 : 0;
            }
            influences = Math.max(influences, count);
        }
        int[] indices = new int[vertices * influences];
        float[] weights = new float[vertices * influences];
        for (int v = 0; v < vertices; v++) {
            double total = 0;
            for (int j = 0; j < joints; j++) {
                total += Math.max(dense[v * joints + j], 0);
            }
            int slot = v * influences;
            for (int j = 0; j < joints; j++) {
                if (dense[v * joints + j] > 0) {
                    indices[slot] = j;
                    weights[slot] = (float) (dense[v * joints + j] / total);
                    slot++;
                }
            }
        }
        return new Skin(influences, indices, weights);
    }
}
