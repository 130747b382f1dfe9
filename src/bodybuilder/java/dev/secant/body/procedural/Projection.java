package dev.secant.body.procedural;

/** Moves points onto a field's zero level along its gradient (Newton steps, differences for the gradient). */
final class Projection {

    private static final double DELTA = 1e-4;
    private static final double LONGEST_STEP = 0.006;
    private static final int STEPS = 4;

    private final SignedDistanceField field;

    Projection(SignedDistanceField field) {
        this.field = field;
    }

    /** In place; a point on the mirror plane stays on it. */
    void project(double[] p) {
        boolean onCut = HalfMesh.onCut(p);
        for (int step = 0; step < STEPS; step++) {
            double value = field.at(p[0], p[1], p[2]);
            double[] g = gradient(p);
            double squared = Math.max(g[0] * g[0] + g[1] * g[1] + g[2] * g[2], 0.05);
            double scale = value / squared;
            double length = Math.abs(scale) * Math.sqrt(squared);
            if (length > LONGEST_STEP) {
                scale *= LONGEST_STEP / length;
            }
            p[0] = onCut ? 0 : Math.max(p[0] - scale * g[0], 1e-4);
            p[1] -= scale * g[1];
            p[2] -= scale * g[2];
        }
    }

    /** Outward; its x is 0 on the mirror plane. */
    double[] gradient(double[] p) {
        return new double[] {
            HalfMesh.onCut(p) ? 0 : difference(p, DELTA, 0, 0), difference(p, 0, DELTA, 0), difference(p, 0, 0, DELTA)
        };
    }

    private double difference(double[] p, double dx, double dy, double dz) {
        return (field.at(p[0] + dx, p[1] + dy, p[2] + dz) - field.at(p[0] - dx, p[1] - dy, p[2] - dz)) / (2 * DELTA);
    }
}
