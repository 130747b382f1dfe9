package dev.secant.body;

import dev.secant.body.kinematics.MeshPoser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoublePredicate;

/** Measures a body in its rest pose as a tape and a calliper would. Heights above the soles, metres. */
final class BodyMeasures {

    private static final int X = 0;
    private static final int Y = 1;
    private static final int Z = 2;

    private final float[] vertices;
    private final int[] faces;
    private final float[] joints;

    private BodyMeasures(float[] vertices, int[] faces, float[] joints) {
        this.vertices = vertices;
        this.faces = faces;
        this.joints = joints;
    }

    static BodyMeasures of(BodyModel model, float[] betas) {
        MeshPoser poser = new MeshPoser(model);
        float[] rest = new float[3 * model.jointCount()];
        return new BodyMeasures(
                poser.vertices(betas, rest, new float[3]),
                model.faces(),
                poser.kinematics().restJoints(betas));
    }

    double stature() {
        return highest(Y) - lowest(Y);
    }

    double span() {
        return highest(X) - lowest(X);
    }

    double volume() {
        double six = 0;
        for (int f = 0; f < faces.length; f += 3) {
            int a = 3 * faces[f];
            int b = 3 * faces[f + 1];
            int c = 3 * faces[f + 2];
            six += vertices[a]
                            * ((double) vertices[b + 1] * vertices[c + 2] - (double) vertices[b + 2] * vertices[c + 1])
                    + vertices[a + 1]
                            * ((double) vertices[b + 2] * vertices[c] - (double) vertices[b] * vertices[c + 2])
                    + vertices[a + 2]
                            * ((double) vertices[b] * vertices[c + 1] - (double) vertices[b + 1] * vertices[c]);
        }
        return six / 6;
    }

    /** Tape around the trunk at a height given between two joints: 0 at the first, 1 at the second. */
    double trunkGirth(SmplJoint from, SmplJoint to, double share) {
        double half = 1.15 * Math.abs(joint(SmplJoint.LEFT_SHOULDER, X));
        return girth(section(Y, between(from, to, share, Y), x -> Math.abs(x) < half));
    }

    double trunkDepth(SmplJoint from, SmplJoint to, double share) {
        double half = 0.9 * Math.abs(joint(SmplJoint.LEFT_SHOULDER, X));
        List<double[]> section = section(Y, between(from, to, share, Y), x -> Math.abs(x) < half);
        return extent(section, 1);
    }

    double trunkBreadth(SmplJoint from, SmplJoint to, double share) {
        double half = 1.15 * Math.abs(joint(SmplJoint.LEFT_SHOULDER, X));
        return extent(section(Y, between(from, to, share, Y), x -> Math.abs(x) < half), 0);
    }

    double leftLegGirth(SmplJoint from, SmplJoint to, double share) {
        return girth(section(Y, between(from, to, share, Y), x -> x > 0));
    }

    double leftArmGirth(SmplJoint from, SmplJoint to, double share) {
        return girth(section(X, between(from, to, share, X), y -> true));
    }

    double headGirth(double above) {
        return girth(section(Y, joint(SmplJoint.HEAD, Y) + above, x -> true));
    }

    double distance(SmplJoint a, SmplJoint b) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += (joint(a, c) - joint(b, c)) * (joint(a, c) - joint(b, c));
        }
        return Math.sqrt(sum);
    }

    double hipJointHeight() {
        return joint(SmplJoint.LEFT_HIP, Y) - lowest(Y);
    }

    double footLength() {
        double high = Double.NEGATIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        for (int v = 0; v < vertices.length; v += 3) {
            if (vertices[v + 1] < lowest(Y) + 0.06) {
                high = Math.max(high, vertices[v + 2]);
                low = Math.min(low, vertices[v + 2]);
            }
        }
        return high - low;
    }

    private double joint(SmplJoint joint, int axis) {
        return joints[3 * joint.index() + axis];
    }

    private double between(SmplJoint from, SmplJoint to, double share, int axis) {
        return joint(from, axis) + share * (joint(to, axis) - joint(from, axis));
    }

    private double highest(int axis) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int v = axis; v < vertices.length; v += 3) {
            highest = Math.max(highest, vertices[v]);
        }
        return highest;
    }

    private double lowest(int axis) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int v = axis; v < vertices.length; v += 3) {
            lowest = Math.min(lowest, vertices[v]);
        }
        return lowest;
    }

    /** Points where edges cross a plane, as the two other coordinates, x or y first. */
    private List<double[]> section(int axis, double at, DoublePredicate first) {
        int u = axis == X ? Y : X;
        List<double[]> points = new ArrayList<>();
        for (int f = 0; f < faces.length; f++) {
            int p = 3 * faces[f];
            int q = 3 * faces[f % 3 == 2 ? f - 2 : f + 1];
            if (vertices[p + axis] < at != vertices[q + axis] < at) {
                double t = (at - vertices[p + axis]) / (vertices[q + axis] - vertices[p + axis]);
                double a = vertices[p + u] + t * (vertices[q + u] - vertices[p + u]);
                double b = vertices[p + Z] + t * (vertices[q + Z] - vertices[p + Z]);
                if (first.test(a)) {
                    points.add(new double[] {a, b});
                }
            }
        }
        return points;
    }

    private static double extent(List<double[]> points, int c) {
        return points.stream().mapToDouble(p -> p[c]).max().orElseThrow()
                - points.stream().mapToDouble(p -> p[c]).min().orElseThrow();
    }

    /** A tape bridges hollows: the length of the convex hull (Andrew's monotone chain). */
    private static double girth(List<double[]> points) {
        List<double[]> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
        double length = chain(sorted);
        Collections.reverse(sorted);
        return length + chain(sorted);
    }

    private static double chain(List<double[]> points) {
        List<double[]> hull = new ArrayList<>();
        for (double[] p : points) {
            while (hull.size() >= 2 && turn(hull.get(hull.size() - 2), hull.get(hull.size() - 1), p) <= 0) {
                hull.remove(hull.size() - 1);
            }
            hull.add(p);
        }
        double length = 0;
        for (int i = 1; i < hull.size(); i++) {
            length += Math.hypot(hull.get(i)[0] - hull.get(i - 1)[0], hull.get(i)[1] - hull.get(i - 1)[1]);
        }
        return length;
    }

    private static double turn(double[] a, double[] b, double[] c) {
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    }
}
