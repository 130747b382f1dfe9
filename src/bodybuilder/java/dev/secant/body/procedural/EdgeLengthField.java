package dev.secant.body.procedural;

/** Wished edge lengths: fine where a face, a hand or a foot needs it, coarse on trunk and thighs. */
final class EdgeLengthField {

    private static final double COARSE = 0.0215;
    private static final double HEAD = 0.0105;
    private static final double FACE = 0.0075;
    private static final double HAND = 0.0095;
    private static final double FOOT = 0.0115;

    private EdgeLengthField() {}

    /** Metres, at a point above the floor y = 0. */
    static double edgeLength(double[] p) {
        double length = COARSE;
        length = mix(length, HEAD, ramp(p[1], 1.40, 1.50) * (1 - ramp(Math.abs(p[0]), 0.10, 0.16)));
        double face = ramp(p[2], 0.04, 0.085) * ramp(p[1], 1.46, 1.49) * (1 - ramp(p[1], 1.60, 1.64));
        length = mix(length, FACE, face);
        length = mix(length, HAND, ramp(Math.abs(p[0]), 0.58, 0.70));
        length = mix(length, 0.016, (1 - ramp(p[1], 0.55, 0.70)) * (1 - ramp(p[1], 0.20, 0.55) * 0.3));
        return mix(length, FOOT, 1 - ramp(p[1], 0.06, 0.16));
    }

    private static double mix(double a, double b, double t) {
        return a + t * (b - a);
    }

    private static double ramp(double x, double low, double high) {
        double t = Math.max(0, Math.min(1, (x - low) / (high - low)));
        return t * t * (3 - 2 * t);
    }
}
