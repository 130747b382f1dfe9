package dev.secant.body.procedural;

import java.util.ArrayList;
import java.util.List;

/** A triangle mesh under change: vertices, faces and which faces lie around each vertex, kept in step. */
final class EditableMesh {

    private final List<double[]> vertices = new ArrayList<>();
    private final List<int[]> faces = new ArrayList<>();
    private List<List<int[]>> around = new ArrayList<>();

    EditableMesh(HalfMesh mesh) {
        for (double[] vertex : mesh.vertices()) {
            vertices.add(vertex.clone());
        }
        for (int[] face : mesh.faces()) {
            faces.add(face.clone());
        }
        index();
    }

    HalfMesh toHalfMesh() {
        return new HalfMesh(vertices.toArray(double[][]::new), faces.toArray(int[][]::new));
    }

    int vertexCount() {
        return vertices.size();
    }

    double[] vertex(int v) {
        return vertices.get(v);
    }

    void move(int v, double[] to) {
        vertices.set(v, to);
    }

    /** The faces around a vertex, live. */
    List<int[]> around(int v) {
        return around.get(v);
    }

    /** Puts a vertex at {@code middle} on the edge a-b and halves the faces along it. */
    void split(int a, int b, double[] middle) {
        List<int[]> sides = facesAt(a, b);
        int m = vertices.size();
        vertices.add(middle);
        around.add(new ArrayList<>());
        for (int[] face : sides) {
            int[] half = face.clone();
            replace(face, b, m);
            replace(half, a, m);
            int c = opposite(face, a, m);
            faces.add(half);
            around.get(b).remove(face);
            around.get(b).add(half);
            around.get(c).add(half);
            around.get(m).add(face);
            around.get(m).add(half);
        }
    }

    /** Merges b into a, which moves to {@code target}; b stays as a vertex without faces until {@link #compact}. */
    void merge(int a, int b, double[] target) {
        for (int[] face : facesAt(a, b)) {
            faces.remove(face);
            for (int vertex : face) {
                around.get(vertex).remove(face);
            }
        }
        for (int[] face : around.get(b)) {
            replace(face, b, a);
            around.get(a).add(face);
        }
        around.get(b).clear();
        vertices.set(a, target);
    }

    /** Turns the edge a-b of two faces into the edge between their opposite vertices c and d. */
    void turn(int a, int b, int[] left, int[] right) {
        int c = opposite(left, a, b);
        int d = opposite(right, a, b);
        replace(left, b, d);
        replace(right, a, c);
        around.get(b).remove(left);
        around.get(a).remove(right);
        around.get(d).add(left);
        around.get(c).add(right);
    }

    /** Forgets merged vertices; numbers change. */
    void compact(boolean[] gone) {
        int[] renumbered = new int[vertices.size()];
        List<double[]> kept = new ArrayList<>();
        for (int v = 0; v < renumbered.length; v++) {
            renumbered[v] = kept.size();
            if (!gone[v]) {
                kept.add(vertices.get(v));
            }
        }
        vertices.clear();
        vertices.addAll(kept);
        for (int[] face : faces) {
            for (int c = 0; c < 3; c++) {
                face[c] = renumbered[face[c]];
            }
        }
        index();
    }

    /** Each once, by its lower vertex. */
    List<int[]> edges() {
        List<int[]> edges = new ArrayList<>();
        for (int v = 0; v < vertices.size(); v++) {
            for (int neighbour : neighbours(v)) {
                if (neighbour > v) {
                    edges.add(new int[] {v, neighbour});
                }
            }
        }
        return edges;
    }

    List<Integer> neighbours(int v) {
        List<Integer> neighbours = new ArrayList<>();
        for (int[] face : around.get(v)) {
            for (int vertex : face) {
                if (vertex != v && !neighbours.contains(vertex)) {
                    neighbours.add(vertex);
                }
            }
        }
        return neighbours;
    }

    /** One or two. */
    List<int[]> facesAt(int a, int b) {
        List<int[]> shared = new ArrayList<>();
        for (int[] face : around.get(a)) {
            if (contains(face, b)) {
                shared.add(face);
            }
        }
        return shared;
    }

    double[] middle(int a, int b) {
        double[] p = vertices.get(a);
        double[] q = vertices.get(b);
        return new double[] {0.5 * (p[0] + q[0]), 0.5 * (p[1] + q[1]), 0.5 * (p[2] + q[2])};
    }

    /** Not normalised. */
    double[] normal(int[] face) {
        return TriangleMesh.normal(vertices.get(face[0]), vertices.get(face[1]), vertices.get(face[2]));
    }

    static boolean contains(int[] face, int v) {
        return face[0] == v || face[1] == v || face[2] == v;
    }

    static void replace(int[] face, int from, int to) {
        for (int c = 0; c < 3; c++) {
            face[c] = face[c] == from ? to : face[c];
        }
    }

    static int opposite(int[] face, int a, int b) {
        for (int vertex : face) {
            if (vertex != a && vertex != b) {
                return vertex;
            }
        }
        throw new IllegalStateException("The face has fewer than three vertices.");
    }

    private void index() {
        around = new ArrayList<>();
        for (int v = 0; v < vertices.size(); v++) {
            around.add(new ArrayList<>());
        }
        for (int[] face : faces) {
            for (int vertex : face) {
                around.get(vertex).add(face);
            }
        }
    }
}
