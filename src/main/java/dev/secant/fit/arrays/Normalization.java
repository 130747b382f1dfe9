package dev.secant.fit.arrays;

import java.util.function.Function;

/**
 * Layer normalization of a vector and a rectifier after it.
 *
 * @param scale {@code [n]}
 * @param shift {@code [n]}
 */
record Normalization(float[] scale, float[] shift) {

    private static final double EPSILON = 1e-5;

    static Normalization of(Function<String, float[]> weights, String name) {
        return new Normalization(
                weights.apply(name + ".scale").clone(),
                weights.apply(name + ".shift").clone());
    }

    /** {@code max(0, scale (x - mean) / deviation + shift)} of each vector, in new arrays. */
    float[][] activate(float[][] vectors) {
        float[][] active = new float[vectors.length][];
        for (int b = 0; b < active.length; b++) {
            active[b] = activate(vectors[b]);
        }
        return active;
    }

    private float[] activate(float[] x) {
        float mean = (float) (sum(x, 0, false) / x.length);
        float precision = (float) (1 / Math.sqrt(sum(x, mean, true) / x.length + EPSILON));
        float[] active = new float[x.length];
        for (int i = 0; i < active.length; i++) {
            active[i] = Math.max(0, (x[i] - mean) * precision * scale[i] + shift[i]);
        }
        return active;
    }

    /** The sum of the values or of their squares, less a center, in four sums: a single one would wait for each addition. */
    private static double sum(float[] x, float center, boolean squared) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int whole = x.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            double a = x[i] - center;
            double b = x[i + 1] - center;
            double c = x[i + 2] - center;
            double d = x[i + 3] - center;
            s0 += squared ? a * a : a;
            s1 += squared ? b * b : b;
            s2 += squared ? c * c : c;
            s3 += squared ? d * d : d;
        }
        for (int i = whole; i < x.length; i++) {
            double a = x[i] - center;
            s0 += squared ? a * a : a;
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** {@code max(0, x)} in place. */
    static void rectify(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(0, x[i]);
        }
    }
}
