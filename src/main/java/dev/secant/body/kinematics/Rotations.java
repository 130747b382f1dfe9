package dev.secant.body.kinematics;

/** Rotations as axis-angle vectors (radians) and 3 x 3 matrices, row-major. */
public final class Rotations {

    private static final double SMALL = 1e-8;

    private Rotations() {}

    /**
     * The matrix of an axis-angle vector (Rodrigues).
     *
     * @param vector three values from {@code at} on
     * @return {@code [9]}
     */
    public static double[] matrix(float[] vector, int at) {
        return matrix(vector[at], vector[at + 1], vector[at + 2]);
    }

    /** The matrix of an axis-angle vector (Rodrigues), {@code [9]}. */
    public static double[] matrix(double x, double y, double z) {
        double squared = x * x + y * y + z * z;
        double angle = Math.sqrt(squared);
        // sin(a) / a and (1 - cos(a)) / a^2, by their series where the quotients lose digits.
        double s = angle < 1e-4 ? 1 - squared / 6 : Math.sin(angle) / angle;
        double half = Math.sin(0.5 * angle);
        double c = angle < 1e-4 ? 0.5 - squared / 24 : 2 * half * half / squared;
        return new double[] {
            1 - c * (y * y + z * z),
            c * x * y - s * z,
            c * x * z + s * y,
            c * x * y + s * z,
            1 - c * (x * x + z * z),
            c * y * z - s * x,
            c * x * z - s * y,
            c * y * z + s * x,
            1 - c * (x * x + y * y)
        };
    }

    /**
     * The axis-angle vector of a rotation matrix, its angle within 0 and pi (through the quaternion's largest part, which
     * stays accurate near both ends).
     */
    public static double[] axisAngle(double[] m) {
        double[] q = quaternion(m);
        double sine = Math.sqrt(q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        double sign = q[0] < 0 ? -1 : 1;
        double scale = sine < SMALL ? 2 * sign : 2 * Math.atan2(sine, sign * q[0]) / sine * sign;
        return new double[] {scale * q[1], scale * q[2], scale * q[3]};
    }

    private static double[] quaternion(double[] m) {
        double trace = m[0] + m[4] + m[8];
        double[] squares = {trace, 2 * m[0] - trace, 2 * m[4] - trace, 2 * m[8] - trace};
        int largest = 0;
        for (int i = 1; i < 4; i++) {
            largest = squares[i] > squares[largest] ? i : largest;
        }
        double root = Math.sqrt(1 + squares[largest]);
        double scale = 0.5 / root;
        double half = 0.5 * root;
        return switch (largest) {
            case 0 -> new double[] {half, scale * (m[7] - m[5]), scale * (m[2] - m[6]), scale * (m[3] - m[1])};
            case 1 -> new double[] {scale * (m[7] - m[5]), half, scale * (m[1] + m[3]), scale * (m[2] + m[6])};
            case 2 -> new double[] {scale * (m[2] - m[6]), scale * (m[1] + m[3]), half, scale * (m[5] + m[7])};
            default -> new double[] {scale * (m[3] - m[1]), scale * (m[2] + m[6]), scale * (m[5] + m[7]), half};
        };
    }

    /** The matrix product a b, {@code [9]}. */
    public static double[] multiply(double[] a, double[] b) {
        double[] product = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                product[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
            }
        }
        return product;
    }

    /** The exponential map in place, for hot paths: axis-angle (radians) at {@code from} in {@code vector} to a matrix at {@code to} (Rodrigues). */
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

    /** The axis-angle vector of the matrix at {@code from}, written at {@code to}. */
    public static void log(float[] matrix, int from, float[] vector, int to) {
        double[] m = new double[9];
        for (int i = 0; i < 9; i++) {
            m[i] = matrix[from + i];
        }
        double[] axisAngle = axisAngle(m);
        for (int i = 0; i < 3; i++) {
            vector[to + i] = (float) axisAngle[i];
        }
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
}
