package dev.secant.body;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Facts about a triangle mesh as a surface. */
final class MeshTopology {

    private final int vertexCount;
    private final int[] faces;
    private final Map<Long, Integer> directedEdges = new HashMap<>();

    MeshTopology(int vertexCount, int[] faces) {
        this.vertexCount = vertexCount;
        this.faces = faces;
        for (int f = 0; f < faces.length; f++) {
            int next = f % 3 == 2 ? f - 2 : f + 1;
            directedEdges.merge(key(faces[f], faces[next]), 1, Integer::sum);
        }
    }

    /** Every edge is run through exactly once each way: no holes, no fins, one orientation. */
    boolean closedAndOriented() {
        return directedEdges.entrySet().stream()
                .allMatch(e -> e.getValue() == 1 && directedEdges.containsKey(reversed(e.getKey())));
    }

    int eulerCharacteristic() {
        return vertexCount - directedEdges.size() / 2 + faces.length / 3;
    }

    int components() {
        int[] parent = new int[vertexCount];
        Arrays.setAll(parent, v -> v);
        for (int f = 0; f < faces.length; f += 3) {
            union(parent, faces[f], faces[f + 1]);
            union(parent, faces[f], faces[f + 2]);
        }
        int roots = 0;
        for (int v = 0; v < vertexCount; v++) {
            roots += find(parent, v) == v ? 1 : 0;
        }
        return roots;
    }

    /** How often the surface winds around a point: 1 inside, 0 outside (van Oosterom and Strackee's solid angles). */
    static double windingNumber(float[] vertices, int[] faces, double[] p) {
        double sum = 0;
        for (int f = 0; f < faces.length; f += 3) {
            double[][] r = new double[3][3];
            double[] length = new double[3];
            for (int c = 0; c < 3; c++) {
                for (int d = 0; d < 3; d++) {
                    r[c][d] = vertices[3 * faces[f + c] + d] - p[d];
                }
                length[c] = Math.sqrt(dot(r[c], r[c]));
            }
            double determinant = r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1])
                    - r[0][1] * (r[1][0] * r[2][2] - r[1][2] * r[2][0])
                    + r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0]);
            double denominator = length[0] * length[1] * length[2]
                    + dot(r[0], r[1]) * length[2]
                    + dot(r[0], r[2]) * length[1]
                    + dot(r[1], r[2]) * length[0];
            sum += 2 * Math.atan2(determinant, denominator);
        }
        return sum / (4 * Math.PI);
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static long key(int a, int b) {
        return ((long) a << 32) | b;
    }

    private static long reversed(long key) {
        return key((int) key, (int) (key >> 32));
    }

    private static void union(int[] parent, int a, int b) {
        parent[find(parent, a)] = find(parent, b);
    }

    private static int find(int[] parent, int v) {
        int root = v;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }
}
