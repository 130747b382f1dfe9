package dev.secant.body.mesh;

/** Smooth vertex normals. */
public final class MeshNormals {

    private MeshNormals() {}

    /**
     * Unit vertex normals, the area-weighted mean of the faces around.
     *
     * @param vertices {@code [V, 3]}
     * @param faces {@code [F, 3]}
     * @return {@code [V, 3]}; (0, 1, 0) where a vertex has no face
     */
    public static float[] of(float[] vertices, int[] faces) {
        float[] normals = new float[vertices.length];
        for (int f = 0; f < faces.length; f += 3) {
            int a = 3 * faces[f];
            int b = 3 * faces[f + 1];
            int c = 3 * faces[f + 2];
            float ux = vertices[b] - vertices[a];
            float uy = vertices[b + 1] - vertices[a + 1];
            float uz = vertices[b + 2] - vertices[a + 2];
            float vx = vertices[c] - vertices[a];
            float vy = vertices[c + 1] - vertices[a + 1];
            float vz = vertices[c + 2] - vertices[a + 2];
            float nx = uy * vz - uz * vy;
            float ny = uz * vx - ux * vz;
            float nz = ux * vy - uy * vx;
            for (int corner = 0; corner < 3; corner++) {
                int at = 3 * faces[f + corner];
                normals[at] += nx;
                normals[at + 1] += ny;
                normals[at + 2] += nz;
            }
        }
        for (int at = 0; at < normals.length; at += 3) {
            double length = Math.sqrt(
                    normals[at] * normals[at] + normals[at + 1] * normals[at + 1] + normals[at + 2] * normals[at + 2]);
            if (length == 0) {
                normals[at + 1] = 1;
            } else {
                normals[at] /= (float) length;
                normals[at + 1] /= (float) length;
                normals[at + 2] /= (float) length;
            }
        }
        return normals;
    }
}
