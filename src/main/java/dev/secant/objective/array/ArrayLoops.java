package dev.secant.objective.array;

/** Loops over arrays. Long sums run in eight lanes: faster, and with smaller errors, than one. */
final class ArrayLoops {

    private static final int LANES = 8;

    private ArrayLoops() {}

    /** Between the elements of an operand: 0 for a scalar, which goes with every element of the other. */
    static int stride(double[] operand) {
        return operand.length == 1 ? 0 : 1;
    }

    static void add(double[] a, double[] b, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] + b[i];
        }
    }

    static void subtract(double[] a, double[] b, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] - b[i];
        }
    }

    static void multiply(double[] a, double[] b, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] * b[i];
        }
    }

    static void scale(double[] a, double factor, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = factor * a[i];
        }
    }

    static void affine(double[] a, double factor, double shift, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = factor * a[i] + shift;
        }
    }

    static void addScaled(double[] a, double factor, double[] to) {
        for (int i = 0; i < a.length; i++) {
            to[i] += factor * a[i];
        }
    }

    static void addProduct(double[] a, double[] b, double[] to) {
        for (int i = 0; i < a.length; i++) {
            to[i] += a[i] * b[i];
        }
    }

    /** {@code to[offset + i] += factor * a[from + i]}. */
    static void addScaled(double[] a, int from, double factor, double[] to, int offset, int count) {
        for (int i = 0; i < count; i++) {
            to[offset + i] += factor * a[from + i];
        }
    }

    static double dot(double[] a, double[] b) {
        return dot(a, 0, b, 0, a.length);
    }

    static double dot(double[] a, int fromA, double[] b, int fromB, int count) {
        double[] lanes = new double[LANES];
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] += a[fromA + i + lane] * b[fromB + i + lane];
            }
        }
        double rest = 0;
        for (; i < count; i++) {
            rest += a[fromA + i] * b[fromB + i];
        }
        return total(lanes) + rest;
    }

    static double sum(double[] a, int from, int count) {
        double[] lanes = new double[LANES];
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] += a[from + i + lane];
            }
        }
        double rest = 0;
        for (; i < count; i++) {
            rest += a[from + i];
        }
        return total(lanes) + rest;
    }

    private static double total(double[] lanes) {
        return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    }
}
