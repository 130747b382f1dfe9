package dev.secant.body.procedural;

/** Barycentric points of a triangle. */
final class SurfacePoint {

    private SurfacePoint() {}

    /** Barycentric weights of the point of the face nearest to {@code p}, {@code [3]}. */
    static double[] nearest(TriangleMesh mesh, int[] face, double[] p) {
        double[] a = mesh.vertices()[face[0]];
        double[] b = mesh.vertices()[face[1]];
        double[] c = mesh.vertices()[face[2]];
        double[] n = TriangleMesh.normal(a, b, c);
        double squared = dot(n, n);
        double wa = dot(TriangleMesh.normal(p, b, c), n) / squared;
        double wb = dot(TriangleMesh.normal(a, p, c), n) / squared;
        double wc = 1 - wa - wb;
        if (wa >= 0 && wb >= 0 && wc >= 0) {
            return new double[] {wa, wb, wc};
        }
        double[] best = new double[0];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            double t = alongEdge(mesh.vertices()[face[i]], mesh.vertices()[face[next]], p);
            double[] w = new double[3];
            w[i] = 1 - t;
            w[next] = t;
            double distance = distance(mesh, face, w, p);
            if (distance < least) {
                least = distance;
                best = w;
            }
        }
        return best;
    }

    /** Where on the edge a-b the point nearest to {@code p} lies: 0 at a, 1 at b. */
    static double alongEdge(double[] a, double[] b, double[] p) {
        double[] ab = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
        double[] ap = {p[0] - a[0], p[1] - a[1], p[2] - a[2]};
        return Math.max(0, Math.min(1, dot(ab, ap) / dot(ab, ab)));
    }

    static double distance(TriangleMesh mesh, int[] face, double[] weights, double[] p) {
        double squared = 0;
        for (int c = 0; c < 3; c++) {
            double at = 0;
            for (int i = 0; i < 3; i++) {
                at += weights[i] * mesh.vertices()[face[i]][c];
            }
            squared += (at - p[c]) * (at - p[c]);
        }
        return Math.sqrt(squared);
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
