package dev.secant.fit.views;

import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Observations;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrix3;
import org.ejml.data.DMatrix3x3;
import org.ejml.dense.fixed.CommonOps_DDF3;

/**
 * Points in the world from their rays in several views: the least squares of the reprojection errors, each view weighted by confidence
 * over the person's size in it, by iteratively reweighted linear triangulation (Hartley and Sturm, "Triangulation", 1997, section 5.2).
 */
public final class Triangulation {

    private static final int ITERATIONS = 10;

    /** Of the ratio of the least to the largest singular value of the normal matrix: rays that are all but parallel. */
    private static final double LEAST_CONDITION = 1e-9;

    private Triangulation() {}

    /**
     * Triangulated keypoints of one person.
     *
     * @param points metres, {@code [K, 3]}; NaN where fewer than two views saw it, or its rays do not meet in front of the cameras
     * @param errors root mean square distance of the projections to the rays in units of the person's size, {@code [K]}; NaN as
     *     the points
     */
    record Points(float[] points, double[] errors) {}

    /**
     * The keypoints of a person in the world.
     *
     * @return in the problem's layout, metres, {@code [K, 3]}; NaN where fewer than two views saw it, or its rays do not meet in front
     *     of the cameras
     */
    public static float[] keypoints(MultiViewProblem problem) {
        List<MultiViewProblem.View> seen =
                problem.views().stream().filter(MultiViewProblem.View::isSeen).toList();
        int[] slot = KeypointCatalogue.slots(problem.layout());
        float[] keypoints = new float[3 * slot.length];
        Arrays.fill(keypoints, Float.NaN);
        if (!seen.isEmpty()) {
            Points points = of(ViewRays.of(
                    seen.stream().map(MultiViewProblem.View::camera).toList(),
                    Observations.of(seen.stream().map(problem::seenBy).toList())));
            for (int k = 0; k < slot.length; k++) {
                System.arraycopy(points.points(), 3 * slot[k], keypoints, 3 * k, 3);
            }
        }
        return keypoints;
    }

    /** Triangulates all slots. */
    static Points of(ViewRays rays) {
        int slots = rays.slots();
        float[] points = new float[3 * slots];
        double[] errors = new double[slots];
        Arrays.fill(points, Float.NaN);
        Arrays.fill(errors, Double.NaN);
        for (int k = 0; k < slots; k++) {
            triangulate(rays, k, points, errors);
        }
        return new Points(points, errors);
    }

    private static void triangulate(ViewRays rays, int k, float[] points, double[] errors) {
        List<Integer> views = IntStream.range(0, rays.views())
                .filter(v -> rays.observations().weights()[v * rays.slots() + k] > 0)
                .boxed()
                .toList();
        if (views.size() < 2) {
            return;
        }
        double[] depth = new double[views.size()];
        Arrays.fill(depth, 1);
        double[] x = new double[3];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            DMatrix3x3 normal = new DMatrix3x3();
            DMatrix3 right = new DMatrix3();
            for (int i = 0; i < views.size(); i++) {
                add(rays, views.get(i), k, depth[i], normal, right);
            }
            double scale = CommonOps_DDF3.elementMaxAbs(normal);
            if (!(CommonOps_DDF3.det(normal) > LEAST_CONDITION * scale * scale * scale)) {
                return;
            }
            DMatrix3x3 inverse = new DMatrix3x3();
            CommonOps_DDF3.invert(normal, inverse);
            DMatrix3 solution = new DMatrix3();
            CommonOps_DDF3.mult(inverse, right, solution);
            x = new double[] {solution.a1, solution.a2, solution.a3};
            for (int i = 0; i < depth.length; i++) {
                depth[i] = seen(rays, views.get(i), x)[2];
                if (!(depth[i] > 0)) {
                    return;
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            points[3 * k + axis] = (float) x[axis];
        }
        errors[k] = error(rays, views, k, x);
    }

    /** Adds the two equations {@code (x - r z) weight / depth = 0} of a view. */
    private static void add(ViewRays rays, int view, int k, double depth, DMatrix3x3 normal, DMatrix3 right) {
        int at = view * rays.slots() + k;
        double size = rays.observations().boxes()[3 * view + 2];
        double weight = rays.observations().weights()[at] / (size * size * depth * depth);
        for (int axis = 0; axis < 2; axis++) {
            double ray = rays.observations().rays()[2 * at + axis];
            double[] row = new double[3];
            for (int i = 0; i < 3; i++) {
                row[i] = rays.rotations()[9 * view + 3 * axis + i] - ray * rays.rotations()[9 * view + 6 + i];
            }
            double value = ray * rays.translations()[3 * view + 2] - rays.translations()[3 * view + axis];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    normal.set(i, j, normal.get(i, j) + weight * row[i] * row[j]);
                }
                right.set(i, 0, right.get(i, 0) + weight * row[i] * value);
            }
        }
    }

    private static double error(ViewRays rays, List<Integer> views, int k, double[] x) {
        double sum = 0;
        for (int view : views) {
            int at = view * rays.slots() + k;
            double[] seen = seen(rays, view, x);
            double dx = seen[0] / seen[2] - rays.observations().rays()[2 * at];
            double dy = seen[1] / seen[2] - rays.observations().rays()[2 * at + 1];
            double size = rays.observations().boxes()[3 * view + 2];
            sum += (dx * dx + dy * dy) / (size * size);
        }
        return Math.sqrt(sum / views.size());
    }

    private static double[] seen(ViewRays rays, int view, double[] x) {
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            seen[i] = rays.translations()[3 * view + i];
            for (int axis = 0; axis < 3; axis++) {
                seen[i] += rays.rotations()[9 * view + 3 * i + axis] * x[axis];
            }
        }
        return seen;
    }
}
