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
    private final EditableMesh mesh;

    private Remesher(HalfMesh mesh, Projection projection, ToDoubleFunction<double[]> edgeLength) {
        this.projection = projection;
        this.edgeLength = edgeLength;
        this.mesh = new EditableMesh(mesh);
    }

    /** @param edgeLength the wished edge length at a point, metres */
    static HalfMesh remesh(
            HalfMesh mesh, SignedDistanceField field, ToDoubleFunction<double[]> edgeLength, int rounds) {
        Remesher remesher = new Remesher(mesh, new Projection(field), edgeLength);
        for (int round = 0; round < rounds; round++) {
            remesher.splitLongEdges();
            remesher.collapseShortEdges();
            remesher.flipEdges();
            remesher.relax();
            remesher.relax();
        }
        return remesher.mesh.toHalfMesh();
    }

    private void splitLongEdges() {
        for (int[] edge : mesh.edges()) {
            if (relativeLength(edge[0], edge[1]) > LONG) {
                split(edge[0], edge[1]);
            }
        }
    }

    private void split(int a, int b) {
        double[] middle = mesh.middle(a, b);
        middle[0] = mesh.facesAt(a, b).size() == 1 ? 0 : middle[0];
        projection.project(middle);
        mesh.split(a, b, middle);
    }

    private void collapseShortEdges() {
        boolean[] gone = new boolean[mesh.vertexCount()];
        boolean[] touched = new boolean[mesh.vertexCount()];
        for (int[] edge : mesh.edges()) {
            int a = edge[0];
            int b = edge[1];
            if (touched[a] || touched[b] || relativeLength(a, b) >= SHORT) {
                continue;
            }
            if (collapse(a, b)) {
                gone[b] = true;
                for (int neighbour : mesh.neighbours(a)) {
                    touched[neighbour] = true;
                }
                touched[a] = true;
            }
        }
        mesh.compact(gone);
    }

    /** Merges b into a, unless that would pinch the surface, leave the cut, fold a face or make an edge too long. */
    private boolean collapse(int a, int b) {
        List<int[]> sides = mesh.facesAt(a, b);
        boolean aOnCut = HalfMesh.onCut(mesh.vertex(a));
        boolean bOnCut = HalfMesh.onCut(mesh.vertex(b));
        if (aOnCut && bOnCut && sides.size() != 1) {
            return false;
        }
        List<Integer> common = mesh.neighbours(a);
        common.retainAll(mesh.neighbours(b));
        if (common.size() != sides.size()) {
            return false;
        }
        double[] target = aOnCut == bOnCut
                ? mesh.middle(a, b)
                : mesh.vertex(aOnCut ? a : b).clone();
        projection.project(target);
        if (!fits(a, b, target) || !fits(b, a, target)) {
            return false;
        }
        mesh.merge(a, b, target);
        return true;
    }

    private boolean fits(int moved, int other, double[] target) {
        double[] from = mesh.vertex(moved);
        for (int[] face : mesh.around(moved)) {
            if (EditableMesh.contains(face, other)) {
                continue;
            }
            double[] before = mesh.normal(face);
            mesh.move(moved, target);
            double[] after = mesh.normal(face);
            boolean tooLong = false;
            for (int vertex : face) {
                tooLong |= vertex != moved && relativeLength(moved, vertex) > LONG;
            }
            mesh.move(moved, from);
            if (tooLong || !alike(before, after)) {
                return false;
            }
        }
        return true;
    }

    private void flipEdges() {
        for (int[] edge : mesh.edges()) {
            List<int[]> sides = mesh.facesAt(edge[0], edge[1]);
            if (sides.size() == 2) {
                flip(edge[0], edge[1], sides.get(0), sides.get(1));
            }
        }
    }

    private void flip(int a, int b, int[] left, int[] right) {
        int c = EditableMesh.opposite(left, a, b);
        int d = EditableMesh.opposite(right, a, b);
        int before = excess(a, 0) + excess(b, 0) + excess(c, 0) + excess(d, 0);
        int after = excess(a, -1) + excess(b, -1) + excess(c, 1) + excess(d, 1);
        if (after >= before
                || mesh.neighbours(c).contains(d)
                || mesh.around(a).size() < 4
                || mesh.around(b).size() < 4) {
            return;
        }
        int[] newLeft = left.clone();
        int[] newRight = right.clone();
        EditableMesh.replace(newLeft, b, d);
        EditableMesh.replace(newRight, a, c);
        double[] old = mesh.normal(left);
        double[] alsoOld = mesh.normal(right);
        if (!alike(old, mesh.normal(newLeft))
                || !alike(alsoOld, mesh.normal(newRight))
                || !alike(mesh.normal(newLeft), mesh.normal(newRight))) {
            return;
        }
        mesh.turn(a, b, left, right);
    }

    private int excess(int vertex, int change) {
        int ideal = HalfMesh.onCut(mesh.vertex(vertex)) ? 3 : 6;
        int faceCount = mesh.around(vertex).size() + change;
        return (faceCount - ideal) * (faceCount - ideal);
    }

    /** Towards the mean of the neighbours, weighted so that the density follows the wished length; then back on. */
    private void relax() {
        List<double[]> moved = new ArrayList<>();
        for (int v = 0; v < mesh.vertexCount(); v++) {
            double[] p = mesh.vertex(v);
            boolean onCut = HalfMesh.onCut(p);
            double[] sum = new double[3];
            double total = 0;
            for (int neighbour : mesh.neighbours(v)) {
                double[] q = mesh.vertex(neighbour);
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
            mesh.move(v, moved.get(v));
        }
    }

    private double relativeLength(int a, int b) {
        double[] p = mesh.vertex(a);
        double[] q = mesh.vertex(b);
        double dx = p[0] - q[0];
        double dy = p[1] - q[1];
        double dz = p[2] - q[2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz) / edgeLength.applyAsDouble(mesh.middle(a, b));
    }

    private static boolean alike(double[] a, double[] b) {
        double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        double lengths =
                Math.sqrt((a[0] * a[0] + a[1] * a[1] + a[2] * a[2]) * (b[0] * b[0] + b[1] * b[1] + b[2] * b[2]));
        return dot > 0.3 * lengths;
    }
}
