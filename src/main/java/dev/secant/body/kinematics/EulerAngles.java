package dev.secant.body.kinematics;

/** Rotations as three turns about the axes, for formats that know no other. */
public final class EulerAngles {

    /** Cosines of the middle angle below this leave the first and the third undetermined. */
    private static final double LOCKED = 1e-9;

    private static final double TURN = 2 * Math.PI;

    private EulerAngles() {}

    /**
     * The angles of {@code R = Rz(a) Rx(b) Ry(c)}, of the many that mean the same those nearest to the ones before.
     *
     * @param m R, row-major, {@code [9]}
     * @param angles a, b, c in radians from {@code at} on: those of the frame before (zero for the first), replaced by this one's
     */
    public static void zxy(double[] m, double[] angles, int at) {
        double b = Math.asin(Math.max(-1, Math.min(1, m[7])));
        double a;
        double c;
        if (Math.hypot(m[1], m[4]) < LOCKED) {
            // Only a + c (or a - c) is determined: the third stays as it was.
            c = angles[at + 2];
            double both = Math.atan2(m[3], m[0]);
            a = m[7] > 0 ? both - c : both + c;
        } else {
            a = Math.atan2(-m[1], m[4]);
            c = Math.atan2(-m[6], m[8]);
        }
        double[] first = {near(a, angles[at]), near(b, angles[at + 1]), near(c, angles[at + 2])};
        double[] second = {
            near(a + Math.PI, angles[at]), near(Math.PI - b, angles[at + 1]), near(c + Math.PI, angles[at + 2])
        };
        System.arraycopy(
                distance(first, angles, at) <= distance(second, angles, at) ? first : second, 0, angles, at, 3);
    }

    private static double near(double angle, double reference) {
        return angle - TURN * Math.rint((angle - reference) / TURN);
    }

    private static double distance(double[] angles, double[] reference, int at) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += Math.abs(angles[i] - reference[at + i]);
        }
        return sum;
    }
}
