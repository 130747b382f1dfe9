package dev.secant.body.procedural;

/**
 * A closed mirror-symmetric surface.
 *
 * @param vertices {@code [V][3]}
 * @param faces counter-clockwise seen from outside, {@code [F][3]}
 * @param mirror the vertex of the other side, {@code [V]}; itself on the mid-line
 */
record TriangleMesh(double[][] vertices, int[][] faces, int[] mirror) {

    /** The left half and its exact mirror image, sharing the vertices of the cut. */
    static TriangleMesh mirrored(HalfMesh half) {
        int halfCount = half.vertices().length;
        int[] twin = new int[halfCount];
        int count = halfCount;
        for (int v = 0; v < halfCount; v++) {
            twin[v] = HalfMesh.onCut(half.vertices()[v]) ? v : count++;
        }
        double[][] vertices = new double[count][];
        int[] mirror = new int[count];
        for (int v = 0; v < halfCount; v++) {
            double[] p = half.vertices()[v];
            vertices[v] = p;
            mirror[v] = twin[v];
            if (twin[v] != v) {
                vertices[twin[v]] = new double[] {-p[0], p[1], p[2]};
                mirror[twin[v]] = v;
            }
        }
        int halfFaces = half.faces().length;
        int[][] faces = new int[2 * halfFaces][];
        for (int f = 0; f < halfFaces; f++) {
            int[] face = half.faces()[f];
            faces[f] = face;
            faces[halfFaces + f] = new int[] {twin[face[0]], twin[face[2]], twin[face[1]]};
        }
        return new TriangleMesh(vertices, faces, mirror);
    }

    /** Not normalised: twice the area long. */
    static double[] normal(double[] a, double[] b, double[] c) {
        double ux = b[0] - a[0];
        double uy = b[1] - a[1];
        double uz = b[2] - a[2];
        double vx = c[0] - a[0];
        double vy = c[1] - a[1];
        double vz = c[2] - a[2];
        return new double[] {uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx};
    }
}
