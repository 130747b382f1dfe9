package dev.secant.body.procedural;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Isotropic remeshing of an implicit surface's half mesh towards a wished edge length that varies over the body: split long
 * edges, collapse short ones, flip towards regular valence, relax along the surface, project (Botsch and Kobbelt, "A
 * Remeshing Approach to Multiresolution Modeling", 2004). The cut stays on its plane.
 */
final class Remesher {

    private static final double LONG = 4.0 / 3;
    private static final double SHORT = 4.0 / 5;

    private final Projection projection;
    private final ToDoubleFunction<double[]> edgeLength;
    private final List<double[]> vertices = new ArrayList<>();
    private final List<int[]> faces = new ArrayList<>();
    private List<List<int[]>> around = new ArrayList<>();

    private Remesher(HalfMesh mesh, Projection projection, ToDoubleFunction<double[]> edgeLength) {
        this.projection = projection;
        this.edgeLength = edgeLength;
        for (double[] vertex : mesh.vertices()) {
            vertices.add(vertex.clone());
        }
        for (int[] face : mesh.faces()) {
            faces.add(face.clone());
        }
        index();
    }

    /** @param edgeLength the wished edge length at a point, metres */
    static HalfMesh remesh(HalfMesh mesh, Field field, ToDoubleFunction<double[]> edgeLength, int rounds) {
        Remesher remesher = new Remesher(mesh, new Projection(field), edgeLength);
        for (int round = 0; round < rounds; round++) {
            remesher.splitLongEdges();
            remesher.collapseShortEdges();
            remesher.flipEdges();
            remesher.relax();
            remesher.relax();
        }
        return new HalfMesh(remesher.vertices.toArray(double[][]::new), remesher.faces.toArray(int[][]::new));
    }

    private void splitLongEdges() {
        for (int[] edge : edges()) {
            if (relativeLength(edge[0], edge[1]) > LONG) {
                split(edge[0], edge[1]);
            }
        }
    }

    private void split(int a, int b) {
        List<int[]> sides = facesAt(a, b);
        double[] middle = middle(a, b);
        middle[0] = sides.size() == 1 ? 0 : middle[0];
        projection.project(middle);
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

    private void collapseShortEdges() {
        boolean[] gone = new boolean[vertices.size()];
        boolean[] touched = new boolean[vertices.size()];
        for (int[] edge : edges()) {
            int a = edge[0];
            int b = edge[1];
            if (touched[a] || touched[b] || relativeLength(a, b) >= SHORT) {
                continue;
            }
            if (collapse(a, b)) {
                gone[b] = true;
                for (int neighbour : neighbours(a)) {
                    touched[neighbour] = true;
                }
                touched[a] = true;
            }
        }
        compact(gone);
    }

    /** Merges b into a, unless that would pinch the surface, leave the cut, fold a face or make an edge too long. */
    private boolean collapse(int a, int b) {
        List<int[]> sides = facesAt(a, b);
        boolean aOnCut = HalfMesh.onCut(vertices.get(a));
        boolean bOnCut = HalfMesh.onCut(vertices.get(b));
        if (aOnCut && bOnCut && sides.size() != 1) {
            return false;
        }
        List<Integer> common = neighbours(a);
        common.retainAll(neighbours(b));
        if (common.size() != sides.size()) {
            return false;
        }
        double[] target =
                aOnCut == bOnCut ? middle(a, b) : vertices.get(aOnCut ? a : b).clone();
        projection.project(target);
        if (!fits(a, b, target) || !fits(b, a, target)) {
            return false;
        }
        for (int[] face : sides) {
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
        return true;
    }

    private boolean fits(int moved, int other, double[] target) {
        double[] from = vertices.get(moved);
        for (int[] face : around.get(moved)) {
            if (contains(face, other)) {
                continue;
            }
            double[] before = normal(face);
            vertices.set(moved, target);
            double[] after = normal(face);
            boolean tooLong = false;
            for (int vertex : face) {
                tooLong |= vertex != moved && relativeLength(moved, vertex) > LONG;
            }
            vertices.set(moved, from);
            if (tooLong || !alike(before, after)) {
                return false;
            }
        }
        return true;
    }

    private void flipEdges() {
        for (int[] edge : edges()) {
            List<int[]> sides = facesAt(edge[0], edge[1]);
            if (sides.size() == 2) {
                flip(edge[0], edge[1], sides.get(0), sides.get(1));
            }
        }
    }

    private void flip(int a, int b, int[] left, int[] right) {
        int c = opposite(left, a, b);
        int d = opposite(right, a, b);
        int before = excess(a, 0) + excess(b, 0) + excess(c, 0) + excess(d, 0);
        int after = excess(a, -1) + excess(b, -1) + excess(c, 1) + excess(d, 1);
        if (after >= before
                || neighbours(c).contains(d)
                || around.get(a).size() < 4
                || around.get(b).size() < 4) {
            return;
        }
        int[] newLeft = left.clone();
        int[] newRight = right.clone();
        replace(newLeft, b, d);
        replace(newRight, a, c);
        double[] old = normal(left);
        double[] alsoOld = normal(right);
        if (!alike(old, normal(newLeft))
                || !alike(alsoOld, normal(newRight))
                || !alike(normal(newLeft), normal(newRight))) {
            return;
        }
        around.get(b).remove(left);
        around.get(a).remove(right);
        System.arraycopy(newLeft, 0, left, 0, 3);
        System.arraycopy(newRight, 0, right, 0, 3);
        around.get(d).add(left);
        around.get(c).add(right);
    }

    private int excess(int vertex, int change) {
        int ideal = HalfMesh.onCut(vertices.get(vertex)) ? 3 : 6;
        int faceCount = around.get(vertex).size() + change;
        return (faceCount - ideal) * (faceCount - ideal);
    }

    /** Towards the mean of the neighbours, weighted so that the density follows the wished length; then back on. */
    private void relax() {
        List<double[]> moved = new ArrayList<>();
        for (int v = 0; v < vertices.size(); v++) {
            double[] p = vertices.get(v);
            boolean onCut = HalfMesh.onCut(p);
            double[] sum = new double[3];
            double total = 0;
            for (int neighbour : neighbours(v)) {
                double[] q = vertices.get(neighbour);
                if (onCut && !HalfMesh.onCut(q)) {
                    continue;
                }
                double weight = 1 / edgeLength.applyAsDouble(q);
                total += weight;
                for (int c = 0; c < 3; c++) {
                    sum[c] += weight * q[c];
                }
            }
            double[] target = p.clone();
            for (int c = 0; c < 3; c++) {
                target[c] += 0.6 * (sum[c] / total - p[c]);
            }
            target[0] = onCut ? 0 : target[0];
            projection.project(target);
            moved.add(target);
        }
        for (int v = 0; v < moved.size(); v++) {
            vertices.set(v, moved.get(v));
        }
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

    private void compact(boolean[] gone) {
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

    private List<int[]> edges() {
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

    private List<Integer> neighbours(int v) {
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

    private List<int[]> facesAt(int a, int b) {
        List<int[]> shared = new ArrayList<>();
        for (int[] face : around.get(a)) {
            if (contains(face, b)) {
                shared.add(face);
            }
        }
        return shared;
    }

    private static boolean contains(int[] face, int v) {
        return face[0] == v || face[1] == v || face[2] == v;
    }

    private static void replace(int[] face, int from, int to) {
        for (int c = 0; c < 3; c++) {
            face[c] = face[c] == from ? to : face[c];
        }
    }

    private static int opposite(int[] face, int a, int b) {
        for (int vertex : face) {
            if (vertex != a && vertex != b) {
                return vertex;
            }
        }
        throw new IllegalStateException("The face has fewer than three vertices.");
    }

    private double relativeLength(int a, int b) {
        double[] p = vertices.get(a);
        double[] q = vertices.get(b);
        double dx = p[0] - q[0];
        double dy = p[1] - q[1];
        double dz = p[2] - q[2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz) / edgeLength.applyAsDouble(middle(a, b));
    }

    private double[] middle(int a, int b) {
        double[] p = vertices.get(a);
        double[] q = vertices.get(b);
        return new double[] {0.5 * (p[0] + q[0]), 0.5 * (p[1] + q[1]), 0.5 * (p[2] + q[2])};
    }

    private double[] normal(int[] face) {
        return TriangleMesh.normal(vertices.get(face[0]), vertices.get(face[1]), vertices.get(face[2]));
    }

    private static boolean alike(double[] a, double[] b) {
        double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        double lengths =
                Math.sqrt((a[0] * a[0] + a[1] * a[1] + a[2] * a[2]) * (b[0] * b[0] + b[1] * b[1] + b[2] * b[2]));
        return dot > 0.3 * lengths;
    }
}
