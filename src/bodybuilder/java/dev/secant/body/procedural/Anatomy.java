package dev.secant.body.procedural;

import dev.secant.body.procedural.SweptEllipseSdf.Axis;

/**
 * The surface of the mean adult (both sexes pooled) in T-pose, standing on y = 0: sections and lengths in metres follow
 * the means of ANSUR II (see {@link Anthropometry}); what the survey does not measure is drawn by eye.
 */
final class Anatomy implements SignedDistanceField {

    /** Toes turn out by this angle, radians. */
    static final double FOOT_YAW = StrictMath.toRadians(8);

    private static final double FOOT_SIN = StrictMath.sin(FOOT_YAW);
    private static final double FOOT_COS = StrictMath.cos(FOOT_YAW);

    private static final double[][] TRUNK = {
        {0.850, 0, -0.005, 0.110, 0.070, 0.080},
        {0.885, 0, -0.005, 0.156, 0.090, 0.096},
        {0.930, 0, -0.004, 0.167, 0.103, 0.106},
        {0.980, 0, 0.000, 0.166, 0.114, 0.104},
        {1.030, 0, 0.005, 0.160, 0.121, 0.104},
        {1.080, 0, 0.008, 0.153, 0.120, 0.101},
        {1.130, 0, 0.008, 0.150, 0.114, 0.104},
        {1.190, 0, 0.006, 0.156, 0.116, 0.115},
        {1.250, 0, 0.000, 0.166, 0.117, 0.123},
        {1.310, 0, -0.008, 0.168, 0.106, 0.117},
        {1.360, 0, -0.020, 0.150, 0.079, 0.098},
        {1.400, 0, -0.030, 0.105, 0.054, 0.072},
        {1.430, 0, -0.032, 0.070, 0.046, 0.056},
        {1.460, 0, -0.028, 0.056, 0.046, 0.052},
    };
    private static final double[][] NECK = {
        {1.400, 0, -0.030, 0.060, 0.054, 0.060},
        {1.460, 0, -0.024, 0.0560, 0.055, 0.058},
        {1.520, 0, -0.012, 0.0550, 0.056, 0.058},
        {1.560, 0, -0.005, 0.0550, 0.056, 0.060},
    };
    private static final double[][] FACE = {
        {1.476, 0, 0.050, 0.026, 0.040, 0.030},
        {1.495, 0, 0.036, 0.042, 0.059, 0.050},
        {1.520, 0, 0.024, 0.053, 0.073, 0.060},
        {1.550, 0, 0.016, 0.060, 0.081, 0.070},
        {1.585, 0, 0.010, 0.065, 0.085, 0.080},
        {1.620, 0, 0.006, 0.064, 0.083, 0.080},
    };
    private static final double[][] LEG = {
        {0.930, 0.094, -0.002, 0.075, 0.075, 0.085},
        {0.860, 0.100, 0.000, 0.084, 0.098, 0.106},
        {0.800, 0.105, 0.002, 0.086, 0.104, 0.104},
        {0.720, 0.109, 0.004, 0.082, 0.100, 0.092},
        {0.620, 0.116, 0.004, 0.072, 0.084, 0.077},
        {0.540, 0.123, 0.000, 0.062, 0.068, 0.064},
        {0.490, 0.127, -0.002, 0.056, 0.060, 0.056},
        {0.460, 0.130, -0.005, 0.055, 0.056, 0.055},
        {0.420, 0.132, -0.012, 0.054, 0.048, 0.055},
        {0.350, 0.136, -0.022, 0.059, 0.052, 0.072},
        {0.280, 0.139, -0.025, 0.053, 0.046, 0.062},
        {0.200, 0.143, -0.029, 0.043, 0.038, 0.044},
        {0.130, 0.147, -0.033, 0.0355, 0.034, 0.036},
        {0.080, 0.150, -0.035, 0.035, 0.036, 0.040},
        {0.050, 0.151, -0.037, 0.034, 0.040, 0.044},
    };
    private static final double[][] ARM = {
        {0.100, -0.024, 1.352, 0.060, 0.048, 0.062},
        {0.170, -0.024, 1.364, 0.060, 0.052, 0.062},
        {0.220, -0.024, 1.365, 0.055, 0.050, 0.056},
        {0.300, -0.026, 1.364, 0.049, 0.047, 0.050},
        {0.380, -0.029, 1.364, 0.045, 0.043, 0.044},
        {0.435, -0.031, 1.364, 0.042, 0.039, 0.040},
        {0.480, -0.029, 1.364, 0.047, 0.041, 0.042},
        {0.520, -0.028, 1.364, 0.046, 0.040, 0.041},
        {0.600, -0.027, 1.364, 0.036, 0.033, 0.033},
        {0.660, -0.026, 1.364, 0.029, 0.0235, 0.0235},
        {0.700, -0.026, 1.364, 0.029, 0.0215, 0.0215},
    };
    private static final double[][] HAND = {
        {0.685, -0.026, 1.364, 0.0270, 0.0200, 0.0200},
        {0.710, -0.026, 1.363, 0.0310, 0.0185, 0.0190},
        {0.745, -0.025, 1.362, 0.0390, 0.0155, 0.0170},
        {0.772, -0.024, 1.361, 0.0415, 0.0140, 0.0150},
        {0.800, -0.024, 1.3605, 0.0395, 0.0120, 0.0120},
        {0.830, -0.024, 1.359, 0.0345, 0.0105, 0.0100},
        {0.852, -0.023, 1.358, 0.0265, 0.0090, 0.0085},
    };
    private static final double[][] FOOT = {
        {-0.045, 0.000, 0.034, 0.0290, 0.034, 0.036},
        {0.000, 0.000, 0.040, 0.0330, 0.058, 0.040},
        {0.040, 0.002, 0.036, 0.0360, 0.052, 0.036},
        {0.090, 0.005, 0.028, 0.0430, 0.036, 0.028},
        {0.130, 0.006, 0.022, 0.0480, 0.024, 0.022},
        {0.160, 0.003, 0.017, 0.0440, 0.017, 0.017},
        {0.176, -0.005, 0.015, 0.0340, 0.014, 0.015},
    };

    private final SignedDistanceField solid;

    Anatomy() {
        SignedDistanceField arms = arm().mirrored(0.001).onlyWithin(1, 1.20, 1.55);
        SignedDistanceField legs = leg().mirrored(0.020).onlyWithin(1, -1, 1.08);
        SignedDistanceField torso =
                torso().onlyWithin(0.32, 0.70, 2).union(legs, 0.040).union(arms, 0.045);
        this.solid = torso.union(neckAndHead().onlyWithin(0.20, 1.25, 2), 0.030);
    }

    /** Exactly symmetric: the right half is read off the left. */
    @Override
    public double at(double x, double y, double z) {
        return solid.at(Math.abs(x), y, z);
    }

    private static SignedDistanceField torso() {
        SignedDistanceField trunk = new SweptEllipseSdf(Axis.Y, 2.4, 0.035, 0.03, TRUNK);
        SignedDistanceField chest = SignedDistanceField.ellipsoid(0.074, 1.262, 0.070, 0.082, 0.062, 0.048)
                .mirrored(0.030);
        SignedDistanceField seat = SignedDistanceField.ellipsoid(0.080, 0.880, -0.070, 0.084, 0.085, 0.070)
                .mirrored(0.025);
        SignedDistanceField trapezius = SignedDistanceField.cone(
                        0.030, 1.448, -0.046, 0.038, 0.145, 1.392, -0.034, 0.036)
                .mirrored(0.020);
        return trunk.union(chest, 0.030).union(seat, 0.035).union(trapezius, 0.040);
    }

    private static SignedDistanceField neckAndHead() {
        SignedDistanceField cranium = SignedDistanceField.ellipsoid(0, 1.6035, 0.006, 0.0755, 0.0888, 0.0975);
        SignedDistanceField nose = SignedDistanceField.cone(0, 1.582, 0.091, 0.007, 0, 1.547, 0.1095, 0.0120);
        SignedDistanceField lips = SignedDistanceField.ellipsoid(0, 1.512, 0.0895, 0.023, 0.0085, 0.0105);
        SignedDistanceField chin = SignedDistanceField.ellipsoid(0, 1.482, 0.078, 0.022, 0.014, 0.016);
        SignedDistanceField sockets = SignedDistanceField.ellipsoid(0.033, 1.578, 0.112, 0.019, 0.013, 0.020)
                .mirrored(0.001);
        SignedDistanceField eyes = SignedDistanceField.ellipsoid(0.031, 1.577, 0.080, 0.013, 0.012, 0.013)
                .mirrored(0.001);
        SignedDistanceField ears = SignedDistanceField.ellipsoid(0.0775, 1.567, -0.006, 0.008, 0.032, 0.019)
                .mirrored(0.001);
        SignedDistanceField head = cranium.union(new SweptEllipseSdf(Axis.Y, 2.2, 0.014, 0.05, FACE), 0.025)
                .union(chin, 0.024)
                .union(lips, 0.012)
                .minus(sockets, 0.014)
                .union(eyes, 0.006)
                .union(nose, 0.014)
                .union(ears, 0.008);
        return new SweptEllipseSdf(Axis.Y, 2, 0.03, 0.03, NECK).union(head, 0.022);
    }

    private static SignedDistanceField arm() {
        SignedDistanceField deltoid = SignedDistanceField.ellipsoid(0.172, 1.370, -0.023, 0.062, 0.052, 0.060);
        SignedDistanceField palm = new SweptEllipseSdf(Axis.X, 2.3, 0.02, 0.0166, HAND);
        SignedDistanceField thumb = SignedDistanceField.cone(0.712, 1.358, -0.004, 0.0165, 0.750, 1.353, 0.029, 0.0130)
                .union(SignedDistanceField.cone(0.750, 1.353, 0.029, 0.0130, 0.783, 1.350, 0.047, 0.0105), 0.001);
        SignedDistanceField hand = palm.union(thumb, 0.010);
        return new SweptEllipseSdf(Axis.X, 2, 0.05, 0.02, ARM)
                .union(deltoid, 0.020)
                .union(hand, 0.012);
    }

    private static SignedDistanceField leg() {
        double[][] ascending = new double[LEG.length][];
        for (int i = 0; i < LEG.length; i++) {
            ascending[i] = LEG[LEG.length - 1 - i];
        }
        SignedDistanceField knee = SignedDistanceField.ellipsoid(0.1295, 0.475, 0.034, 0.026, 0.038, 0.019);
        SignedDistanceField shaft = new SweptEllipseSdf(Axis.Y, 2, 0.02, 0.05, ascending).union(knee, 0.034);
        return shaft.union(foot().onlyWithin(1, -1, 0.22), 0.028);
    }

    /** Drawn along z about the ankle, turned out by {@link #FOOT_YAW}, and cut level with the floor. */
    private static SignedDistanceField foot() {
        SignedDistanceField sole = new SweptEllipseSdf(Axis.Z, 2.2, 0.020, 0.0126, FOOT);
        SignedDistanceField bigToe =
                SignedDistanceField.cone(-0.027, 0.016, 0.120, 0.0165, -0.022, 0.0142, 0.1797, 0.0140);
        SignedDistanceField smallToe =
                SignedDistanceField.cone(0.037, 0.013, 0.100, 0.0130, 0.034, 0.0125, 0.140, 0.0120);
        SignedDistanceField straight = sole.union(bigToe, 0.012).union(smallToe, 0.012);
        double[] ankle = MeanSkeleton.LEFT_ANKLE_ON_FLOOR;
        return (x, y, z) -> {
            double dx = x - ankle[0];
            double dz = z - ankle[2];
            double turned = straight.at(FOOT_COS * dx - FOOT_SIN * dz, y, FOOT_SIN * dx + FOOT_COS * dz);
            return -SignedDistanceField.smoothMinimum(-turned, y, 0.006);
        };
    }
}
