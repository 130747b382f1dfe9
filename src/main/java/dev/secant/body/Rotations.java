package dev.secant.body;

/** Rotations on plain arrays, in place; matrices row by row. Offsets select one rotation of many. */
public final class Rotations {

    private Rotations() {}

    /** The exponential map: axis-angle (radians) at {@code from} in {@code vector} to a matrix at {@code to} (Rodrigues). */
    public static void exp(float[] vector, int from, float[] matrix, int to) {
        double x = vector[from];
        double y = vector[from + 1];
        double z = vector[from + 2];
        double squared = x * x + y * y + z * z;
        double a;
        double b;
        if (squared < 1e-8) {
            // Taylor: the quotients below lose all digits.
            a = 1 - squared / 6;
            b = 0.5 - squared / 24;
        } else {
            double angle = Math.sqrt(squared);
            a = Math.sin(angle) / angle;
            b = (1 - Math.cos(angle)) / squared;
        }
        matrix[to] = (float) (1 - b * (y * y + z * z));
        matrix[to + 1] = (float) (b * x * y - a * z);
        matrix[to + 2] = (float) (b * x * z + a * y);
        matrix[to + 3] = (float) (b * x * y + a * z);
        matrix[to + 4] = (float) (1 - b * (x * x + z * z));
        matrix[to + 5] = (float) (b * y * z - a * x);
        matrix[to + 6] = (float) (b * x * z - a * y);
        matrix[to + 7] = (float) (b * y * z + a * x);
        matrix[to + 8] = (float) (1 - b * (x * x + y * y));
    }

    /**
     * The logarithm: a matrix at {@code from} to axis-angle (radians, at most pi long) at {@code to}. By way of the unit
     * quaternion, so that half turns are exact.
     */
    public static void log(float[] matrix, int from, float[] vector, int to) {
        double m00 = matrix[from];
        double m11 = matrix[from + 4];
        double m22 = matrix[from + 8];
        double w = 1 + m00 + m11 + m22;
        double x = 1 + m00 - m11 - m22;
        double y = 1 - m00 + m11 - m22;
        double z = 1 - m00 - m11 + m22;
        double wx = (double) matrix[from + 7] - matrix[from + 5];
        double wy = (double) matrix[from + 2] - matrix[from + 6];
        double wz = (double) matrix[from + 3] - matrix[from + 1];
        double xy = (double) matrix[from + 1] + matrix[from + 3];
        double xz = (double) matrix[from + 2] + matrix[from + 6];
        double yz = (double) matrix[from + 5] + matrix[from + 7];
        // Four times the quaternion times its largest part; that part is never small.
        if (w >= x && w >= y && w >= z) {
            x = wx;
            y = wy;
            z = wz;
        } else if (x >= y && x >= z) {
            w = wx;
            y = xy;
            z = xz;
        } else if (y >= z) {
            w = wy;
            x = xy;
            z = yz;
        } else {
            w = wz;
            x = xz;
            y = yz;
        }
        if (w < 0) {
            w = -w;
            x = -x;
            y = -y;
            z = -z;
        }
        double sine = Math.sqrt(x * x + y * y + z * z);
        // atan2 is scale free; for small angles 2 sine/w = angle.
        double scale = sine < 1e-9 * w ? 2 / w : 2 * Math.atan2(sine, w) / sine;
        vector[to] = (float) (scale * x);
        vector[to + 1] = (float) (scale * y);
        vector[to + 2] = (float) (scale * z);
    }

    /** {@code out = a b}, of which {@code out} must be neither. */
    public static void multiply(float[] a, int aFrom, float[] b, int bFrom, float[] out, int to) {
        for (int row = 0; row < 3; row++) {
            float a0 = a[aFrom + 3 * row];
            float a1 = a[aFrom + 3 * row + 1];
            float a2 = a[aFrom + 3 * row + 2];
            for (int column = 0; column < 3; column++) {
                out[to + 3 * row + column] =
                        a0 * b[bFrom + column] + a1 * b[bFrom + 3 + column] + a2 * b[bFrom + 6 + column];
            }
        }
    }

    /** {@code out = transpose(a) b}, of which {@code out} must be neither. */
    public static void multiplyTransposed(float[] a, int aFrom, float[] b, int bFrom, float[] out, int to) {
        for (int row = 0; row < 3; row++) {
            float a0 = a[aFrom + row];
            float a1 = a[aFrom + 3 + row];
            float a2 = a[aFrom + 6 + row];
            for (int column = 0; column < 3; column++) {
                out[to + 3 * row + column] =
                        a0 * b[bFrom + column] + a1 * b[bFrom + 3 + column] + a2 * b[bFrom + 6 + column];
            }
        }
    }
}
