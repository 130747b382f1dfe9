package dev.secant.optimizer.batch;

/** Vectors of one problem on the JVM. */
public final class Vectors {

    private Vectors() {}

    /** {@code a . b}, in four sums: a single one would wait for each addition. */
    public static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int whole = a.length & ~3;
        for (int j = 0; j < whole; j += 4) {
            s0 += a[j] * b[j];
            s1 += a[j + 1] * b[j + 1];
            s2 += a[j + 2] * b[j + 2];
            s3 += a[j + 3] * b[j + 3];
        }
        for (int j = whole; j < a.length; j++) {
            s0 += a[j] * b[j];
        }
        return (s0 + s1) + (s2 + s3);
    }

    public static double[] sum(double[] a, double[] b) {
        double[] result = a.clone();
        add(result, 1, b);
        return result;
    }

    public static double[] scaled(double factor, double[] a) {
        double[] result = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            result[j] = factor * a[j];
        }
        return result;
    }

    /** {@code a x + b y}. */
    public static double[] combination(double a, double[] x, double b, double[] y) {
        double[] result = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            result[j] = a * x[j] + b * y[j];
        }
        return result;
    }

    /** {@code target *= factor}. */
    public static void scale(double[] target, double factor) {
        for (int j = 0; j < target.length; j++) {
            target[j] *= factor;
        }
    }

    public static double[] difference(double[] a, double[] b) {
        double[] result = a.clone();
        add(result, -1, b);
        return result;
    }

    /** {@code target += factor * a}. */
    public static void add(double[] target, double factor, double[] a) {
        for (int j = 0; j < target.length; j++) {
            target[j] += factor * a[j];
        }
    }
}
