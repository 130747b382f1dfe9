package dev.secant.body;

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
}
