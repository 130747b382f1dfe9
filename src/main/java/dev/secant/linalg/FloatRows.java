package dev.secant.linalg;

/**
 * Products with float32 matrices on the heap, row by row as {@code float[][]}.
 *
 * <p>The loops are written for the JIT's auto-vectorizer: it vectorizes a sum of up to four multiples of whole arrays, but neither longer
 * sums, nor several rows of one flat array, nor a dot product, whose order of additions it may not change. The order of every sum is
 * fixed, so a result does not depend on what else is computed beside it.
 */
final class FloatRows {

    private FloatRows() {}

    /** {@code target += sum_i factors[i] rows[i]}; all rows and the target have one length. */
    static void addMultiples(float[] target, float[] factors, float[][] rows) {
        int count = rows.length;
        int whole = count & ~3;
        for (int i = 0; i < whole; i += 4) {
            add(
                    target,
                    factors[i],
                    rows[i],
                    factors[i + 1],
                    rows[i + 1],
                    factors[i + 2],
                    rows[i + 2],
                    factors[i + 3],
                    rows[i + 3]);
        }
        for (int i = whole; i < count; i++) {
            add(target, factors[i], rows[i]);
        }
    }

    /** {@code target += a x + b y + c z + d w}. */
    static void add(float[] target, float a, float[] x, float b, float[] y, float c, float[] z, float d, float[] w) {
        for (int j = 0; j < target.length; j++) {
            target[j] += (a * x[j] + b * y[j]) + (c * z[j] + d * w[j]);
        }
    }

    /** {@code target += a x}. */
    static void add(float[] target, float a, float[] x) {
        for (int j = 0; j < target.length; j++) {
            target[j] += a * x[j];
        }
    }

    /** {@code products[i] = rows[i] . x}: four rows at a time, whose sums do not wait for each other. */
    static void products(float[][] rows, float[] x, float[] products) {
        int count = rows.length;
        int whole = count & ~3;
        for (int i = 0; i < whole; i += 4) {
            float[] row0 = rows[i];
            float[] row1 = rows[i + 1];
            float[] row2 = rows[i + 2];
            float[] row3 = rows[i + 3];
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            for (int j = 0; j < x.length; j++) {
                float xj = x[j];
                sum0 += row0[j] * xj;
                sum1 += row1[j] * xj;
                sum2 += row2[j] * xj;
                sum3 += row3[j] * xj;
            }
            products[i] = sum0;
            products[i + 1] = sum1;
            products[i + 2] = sum2;
            products[i + 3] = sum3;
        }
        for (int i = whole; i < count; i++) {
            products[i] = dot(rows[i], x);
        }
    }

    private static float dot(float[] x, float[] y) {
        float sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += x[j] * y[j];
        }
        return sum;
    }

    /** The lower triangle of {@code A A'}, {@code [m][i + 1]}: blocks of four by four, so that a number that is loaded is used four times. */
    static float[][] gram(float[][] rows) {
        int count = rows.length;
        float[][] gram = new float[count][];
        for (int i = 0; i < count; i++) {
            gram[i] = new float[i + 1];
        }
        float[] block = new float[16];
        for (int i = 0; i < count; i += 4) {
            int last = count - 1;
            float[] a0 = rows[i];
            float[] a1 = rows[Math.min(i + 1, last)];
            float[] a2 = rows[Math.min(i + 2, last)];
            float[] a3 = rows[Math.min(i + 3, last)];
            for (int j = 0; j <= i; j += 4) {
                block(
                        a0,
                        a1,
                        a2,
                        a3,
                        rows[j],
                        rows[Math.min(j + 1, last)],
                        rows[Math.min(j + 2, last)],
                        rows[Math.min(j + 3, last)],
                        block);
                for (int p = 0; p < 4 && i + p < count; p++) {
                    for (int q = 0; q < 4 && j + q <= i + p; q++) {
                        gram[i + p][j + q] = block[4 * p + q];
                    }
                }
            }
        }
        return gram;
    }

    private static void block(
            float[] a0,
            float[] a1,
            float[] a2,
            float[] a3,
            float[] b0,
            float[] b1,
            float[] b2,
            float[] b3,
            float[] products) {
        half(a0, a1, b0, b1, b2, b3, products, 0);
        half(a2, a3, b0, b1, b2, b3, products, 8);
    }

    private static void half(
            float[] a0, float[] a1, float[] b0, float[] b1, float[] b2, float[] b3, float[] products, int to) {
        float s00 = 0;
        float s01 = 0;
        float s02 = 0;
        float s03 = 0;
        float s10 = 0;
        float s11 = 0;
        float s12 = 0;
        float s13 = 0;
        for (int k = 0; k < a0.length; k++) {
            float x0 = a0[k];
            float x1 = a1[k];
            float y0 = b0[k];
            float y1 = b1[k];
            float y2 = b2[k];
            float y3 = b3[k];
            s00 += x0 * y0;
            s01 += x0 * y1;
            s02 += x0 * y2;
            s03 += x0 * y3;
            s10 += x1 * y0;
            s11 += x1 * y1;
            s12 += x1 * y2;
            s13 += x1 * y3;
        }
        products[to] = s00;
        products[to + 1] = s01;
        products[to + 2] = s02;
        products[to + 3] = s03;
        products[to + 4] = s10;
        products[to + 5] = s11;
        products[to + 6] = s12;
        products[to + 7] = s13;
    }
}
