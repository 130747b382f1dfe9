package dev.secant.body.procedural;

/** An implicit solid: negative inside, zero on the surface, metres to first order near it. */
@FunctionalInterface
interface SignedDistanceField {

    /** Outside of {@link #onlyWithin}'s box, metres. */
    double FAR = 1;

    double at(double x, double y, double z);

    /** Smooth union (polynomial minimum): fillets of about {@code radius} metres where both are near. */
    default SignedDistanceField union(SignedDistanceField other, double radius) {
        return (x, y, z) -> smoothMinimum(at(x, y, z), other.at(x, y, z), radius);
    }

    /** Smooth difference: carves {@code other} out. */
    default SignedDistanceField minus(SignedDistanceField other, double radius) {
        return (x, y, z) -> -smoothMinimum(-at(x, y, z), other.at(x, y, z), radius);
    }

    /** This solid and its mirror image in the plane x = 0, blended smoothly where they meet. */
    default SignedDistanceField mirrored(double radius) {
        return (x, y, z) -> smoothMinimum(at(Math.abs(x), y, z), at(-Math.abs(x), y, z), radius);
    }

    /**
     * The same solid, not worked out where it can't matter: far away (1 m) outside of the box |x| up to {@code reach}, y within
     * {@code low} and {@code high}. The box must leave more room around the solid than the widest fillet it takes part in.
     */
    default SignedDistanceField onlyWithin(double reach, double low, double high) {
        return (x, y, z) -> Math.abs(x) <= reach && y >= low && y <= high ? at(x, y, z) : FAR;
    }

    /** Polynomial smooth minimum (Quilez): equals min(a, b) where the two differ by more than {@code radius}. */
    static double smoothMinimum(double a, double b, double radius) {
        double overlap = Math.max(radius - Math.abs(a - b), 0) / radius;
        return Math.min(a, b) - overlap * overlap * radius * 0.25;
    }

    /** An ellipsoid with its axes along x, y, z. */
    static SignedDistanceField ellipsoid(double cx, double cy, double cz, double rx, double ry, double rz) {
        return (x, y, z) -> {
            double u = (x - cx) / rx;
            double v = (y - cy) / ry;
            double w = (z - cz) / rz;
            double norm = Math.sqrt(u * u + v * v + w * w);
            double slope = Math.sqrt(u * u / (rx * rx) + v * v / (ry * ry) + w * w / (rz * rz));
            return slope < 1e-9 ? -Math.min(rx, Math.min(ry, rz)) : norm * (norm - 1) / slope;
        };
    }

    /** A cone with spherical ends: radius {@code ra} at a, {@code rb} at b. */
    static SignedDistanceField cone(
            double ax, double ay, double az, double ra, double bx, double by, double bz, double rb) {
        double dx = bx - ax;
        double dy = by - ay;
        double dz = bz - az;
        double lengthSquared = dx * dx + dy * dy + dz * dz;
        return (x, y, z) -> {
            double t = ((x - ax) * dx + (y - ay) * dy + (z - az) * dz) / lengthSquared;
            double s = Math.max(0, Math.min(1, t));
            double u = x - ax - s * dx;
            double v = y - ay - s * dy;
            double w = z - az - s * dz;
            return Math.sqrt(u * u + v * v + w * w) - (ra + s * (rb - ra));
        };
    }
}
