package dev.secant.body.procedural;

/**
 * A limb: elliptic cross-sections strung along one axis, interpolated without overshoot (Fritsch and Carlson, "Monotone
 * Piecewise Cubic Interpolation", 1980), closed by half-ellipsoids. The two halves of a section may differ in depth, as a
 * calf does in front and behind.
 */
final class SweptEllipseSdf implements SignedDistanceField {

    /** The axis a tube runs along, and so the meaning of the sections' u and v. */
    enum Axis {
        /** Runs along x (arms): u = z, v = y. */
        X,
        /** Runs along y (legs, trunk, neck, face): u = x, v = z. */
        Y,
        /** Runs along z (feet): u = x, v = y. */
        Z
    }

    private static final int CHANNELS = 5;

    private final Axis axis;
    private final double exponent;
    private final double lowCap;
    private final double highCap;
    private final double[][] stations;
    private final double[][] slopes;

    /**
     * @param exponent of the super-ellipse: 2 is an ellipse, more is squarer
     * @param lowCap length of the closing half-ellipsoid at the first station, metres
     * @param highCap the same at the last station
     * @param stations rows of {position, u and v of the centre, half-width along u, along +v, along -v}, ascending
     */
    SweptEllipseSdf(Axis axis, double exponent, double lowCap, double highCap, double[][] stations) {
        this.axis = axis;
        this.exponent = exponent;
        this.lowCap = lowCap;
        this.highCap = highCap;
        this.stations = stations;
        this.slopes = monotoneSlopes(stations);
    }

    @Override
    public double at(double x, double y, double z) {
        return switch (axis) {
            case X -> distance(x, z, y);
            case Y -> distance(y, x, z);
            case Z -> distance(z, x, y);
        };
    }

    private double distance(double position, double u, double v) {
        double first = stations[0][0];
        double last = stations[stations.length - 1][0];
        double s = Math.max(first, Math.min(last, position));
        double beyond = position < first ? (first - position) / lowCap : (position - s) / highCap;
        double cap = position < first ? lowCap : highCap;

        int i = 0;
        while (i < stations.length - 2 && stations[i + 1][0] < s) {
            i++;
        }
        double du = u - channel(i, 1, s);
        double dv = v - channel(i, 2, s);
        double ru = channel(i, 3, s);
        double rv = channel(i, dv >= 0 ? 4 : 5, s);
        return normDistance(Math.abs(du / ru), ru, Math.abs(dv / rv), rv, beyond, cap);
    }

    /** (|p| - 1) / |gradient of |p|| for the super-elliptic norm: the distance to first order. */
    private double normDistance(double u, double ru, double v, double rv, double w, double rw) {
        double section = exponent == 2
                ? Math.sqrt(u * u + v * v)
                : StrictMath.pow(StrictMath.pow(u, exponent) + StrictMath.pow(v, exponent), 1 / exponent);
        if (section < 1e-9) {
            return w == 0 ? -Math.min(ru, rv) : (w - 1) * rw;
        }
        double norm = Math.sqrt(section * section + w * w);
        double gu = exponent == 2 ? u / section : StrictMath.pow(u / section, exponent - 1);
        double gv = exponent == 2 ? v / section : StrictMath.pow(v / section, exponent - 1);
        double inner = section / norm;
        double outer = w / norm / rw;
        double gradient = Math.sqrt(inner * inner * (gu * gu / (ru * ru) + gv * gv / (rv * rv)) + outer * outer);
        return (norm - 1) / gradient;
    }

    private double channel(int i, int channel, double s) {
        double width = stations[i + 1][0] - stations[i][0];
        double t = (s - stations[i][0]) / width;
        double t2 = t * t;
        double t3 = t2 * t;
        return stations[i][channel] * (2 * t3 - 3 * t2 + 1)
                + slopes[i][channel] * width * (t3 - 2 * t2 + t)
                + stations[i + 1][channel] * (3 * t2 - 2 * t3)
                + slopes[i + 1][channel] * width * (t3 - t2);
    }

    private static double[][] monotoneSlopes(double[][] stations) {
        int n = stations.length;
        double[][] slopes = new double[n][CHANNELS + 1];
        for (int c = 1; c <= CHANNELS; c++) {
            for (int i = 1; i < n - 1; i++) {
                double before = (stations[i][c] - stations[i - 1][c]) / (stations[i][0] - stations[i - 1][0]);
                double after = (stations[i + 1][c] - stations[i][c]) / (stations[i + 1][0] - stations[i][0]);
                // The harmonic mean never overshoots, and is zero at an extremum.
                slopes[i][c] = before * after <= 0 ? 0 : 2 * before * after / (before + after);
            }
            slopes[0][c] = (stations[1][c] - stations[0][c]) / (stations[1][0] - stations[0][0]);
            slopes[n - 1][c] = (stations[n - 1][c] - stations[n - 2][c]) / (stations[n - 1][0] - stations[n - 2][0]);
        }
        return slopes;
    }
}
