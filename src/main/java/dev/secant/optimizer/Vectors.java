package dev.secant.optimizer;

/** Vectors of one problem on the JVM. */
final class Vectors {

    private Vectors() {}

    static double dot(double[] a, double[] b) {
        // Four sums side by side: one would wait for each addition.
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int j = 0;
        for (; j + 3 < a.length; j += 4) {
            sum0 += a[j] * b[j];
            sum1 += a[j + 1] * b[j + 1];
            sum2 += a[j + 2] * b[j + 2];
            sum3 += a[j + 3] * b[j + 3];
        }
        for (; j < a.length; j++) {
            sum0 += a[j] * b[j];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    static double[] scaled(double factor, double[] a) {
        double[] result = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            result[j] = factor * a[j];
        }
        return result;
    }

    static double[] difference(double[] a, double[] b) {
        double[] result = a.clone();
        add(result, -1, b);
        return result;
    }

    /** {@code target += factor * a}. */
    static void add(double[] target, double factor, double[] a) {
        for (int j = 0; j < target.length; j++) {
            target[j] += factor * a[j];
        }
    }
}
