package dev.secant.optimizer;

/** Vectors of one problem on the JVM. */
final class Vectors {

    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
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
